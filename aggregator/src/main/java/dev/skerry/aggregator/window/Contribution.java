package dev.skerry.aggregator.window;

/**
 * What one record adds to which windows.
 *
 * @param <V> the record's value
 * @param <S> what windows add up
 */
@FunctionalInterface
public interface Contribution<V, S> {

  /** Where sums are found. */
  @FunctionalInterface
  interface Windows<S> {
    /**
     * The sum of the window that an event time falls into, to be added to at once.
     *
     * @param group whose window; any {@link WindowKey} of it
     * @param eventMillis event time, epoch milliseconds
     */
    S at(WindowKey.Group group, long eventMillis);
  }

  /**
   * Adds a record to the sums.
   *
   * @param appendMillis when the record was appended, epoch milliseconds
   */
  void add(V value, long appendMillis, Windows<S> windows);
}
