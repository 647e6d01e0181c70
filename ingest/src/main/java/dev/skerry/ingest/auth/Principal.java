package dev.skerry.ingest.auth;

/** Who sends, as far as it was proven. Immutable. */
public sealed interface Principal {

  /** Whether telemetry of this device may come from here. */
  boolean mayWriteAs(String deviceId);

  /** A device that showed its token or its certificate; it writes as itself and nobody else. */
  record Device(String deviceId) implements Principal {
    @Override
    public boolean mayWriteAs(String other) {
      return deviceId.equals(other);
    }
  }

  /** Somebody on this machine, where that is admitted; it may write as any device. */
  record Anonymous() implements Principal {
    @Override
    public boolean mayWriteAs(String deviceId) {
      return true;
    }
  }
}
