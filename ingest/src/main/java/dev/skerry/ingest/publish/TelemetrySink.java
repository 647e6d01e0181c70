package dev.skerry.ingest.publish;

import dev.skerry.schemas.Telemetry;

/** Where telemetry goes. Called by one thread; counts what is safe in the tally. */
interface TelemetrySink extends AutoCloseable {

  /**
   * Hands over one record; waits while too much is under way.
   *
   * @return whether it was taken; false where the publication was asked to stop meanwhile
   * @throws PublishException when an earlier record or this one cannot be delivered
   */
  boolean put(Telemetry telemetry) throws InterruptedException;

  /**
   * Returns when every record that was taken is safe.
   *
   * @param whole whether the source was read to its end
   * @throws PublishException when that cannot be
   */
  void finish(boolean whole) throws InterruptedException;

  /** Frees what is held, in a moment. */
  @Override
  void close();
}
