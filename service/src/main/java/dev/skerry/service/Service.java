package dev.skerry.service;

/**
 * A long-running part of a site. {@link #run} is called once, by one thread; {@link #stop} may be
 * called by any thread, at any time, more than once.
 */
public interface Service extends AutoCloseable {

  /**
   * Works until {@link #stop} is called, finishes what it has begun and returns; throws the reason
   * when it cannot go on.
   */
  void run() throws Exception;

  /** Asks {@link #run} to return soon; does not wait for it. */
  void stop();

  /** Frees what the constructor took; called after {@link #run} returned or was never called. */
  @Override
  default void close() {}
}
