package dev.skerry.ingest.answers;

/** Those who want the answers to one device's telemetry as they come. Thread-safe. */
public interface Subscribers {

  /** Whether anybody wants those of this device. */
  boolean isWanted(String deviceId);

  /**
   * Hands one to all who want it, without waiting for anybody.
   *
   * @param inferredAtMillis when the model had answered
   */
  void tell(String deviceId, byte[] json, long inferredAtMillis);
}
