package dev.skerry.ingest.publish;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Telemetry of devices in turn. */
final class Records {

  private Records() {}

  /** {@code d0} to the last one, and again, each with sequences from 0. */
  static Stream<Telemetry> inTurn(int devices, int recordsPerDevice) {
    return LongStream.range(0, (long) devices * recordsPerDevice)
        .mapToObj(n -> of("d" + n % devices, n / devices));
  }

  static Telemetry of(String device, long sequence) {
    return Telemetry.newBuilder()
        .setDeviceId(device)
        .setSiteId("s")
        .setStream("pump")
        .setEventTime(Instant.ofEpochMilli(sequence))
        .setSequence(sequence)
        .setPayload(new Readings(1, 2, 0f, List.of(1f, 2f)))
        .build();
  }
}
