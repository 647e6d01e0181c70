package dev.skerry.ingest.publish;

import dev.skerry.schemas.Telemetry;

/**
 * A record on its way to a gateway, as bytes that stay the same however often it is sent.
 *
 * @param device whose record it is
 * @param stream of the record
 * @param bytes in the wire format
 * @param takenNanos when it was handed over
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
record Outgoing(String device, String stream, byte[] bytes, long takenNanos) {

  static Outgoing of(Telemetry telemetry, byte[] bytes) {
    return new Outgoing(telemetry.getDeviceId(), telemetry.getStream(), bytes, System.nanoTime());
  }
}
