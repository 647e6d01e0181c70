package dev.skerry.aggregator.clock;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How far one stream has got in event time, and so which of its windows are closed.
 *
 * <p>Each partition of the input is read at its own speed, so the clock follows the slowest of
 * those that were heard of within the quiet time; one that is silent holds nobody up. After a start
 * it waits for the quiet time, so that every partition can make itself heard. Belongs to one stream
 * task.
 */
public final class StreamClock {

  private final long quietMillis;
  private final long startedAtMillis;
  private final Map<Integer, Source> sources = new HashMap<>();
  private long lastHeardAtMillis;
  private long closedThroughMillis;

  /** A partition: the latest event time in it, and when it was last heard of, by wall clock. */
  private record Source(long reachedMillis, long heardAtMillis) {}

  /**
   * A clock that starts now.
   *
   * @param quietMillis after how long a partition that is silent is waited for no more
   * @param closedThroughMillis what was closed before, {@link Long#MIN_VALUE} where nothing was
   */
  public StreamClock(long quietMillis, long closedThroughMillis, long nowMillis) {
    this.quietMillis = quietMillis;
    this.startedAtMillis = nowMillis;
    this.lastHeardAtMillis = nowMillis;
    this.closedThroughMillis = closedThroughMillis;
  }

  /** Takes note of records of a partition up to an event time. */
  public void hear(int partition, long reachedMillis, long nowMillis) {
    sources.merge(
        partition,
        new Source(reachedMillis, nowMillis),
        (known, heard) ->
            new Source(
                Math.max(known.reachedMillis(), heard.reachedMillis()), heard.heardAtMillis()));
    lastHeardAtMillis = nowMillis;
  }

  /** Takes note of records that say nothing of how far the stream has got. */
  public void hearSomething(long nowMillis) {
    lastHeardAtMillis = nowMillis;
  }

  /** Follows the partitions; returns whether more can be closed now. */
  public boolean advance(long nowMillis) {
    if (nowMillis - startedAtMillis < quietMillis) {
      return false;
    }
    OptionalLong slowest =
        sources.values().stream()
            .filter(source -> nowMillis - source.heardAtMillis() < quietMillis)
            .mapToLong(Source::reachedMillis)
            .min();
    return slowest.isPresent() && closeThrough(slowest.getAsLong());
  }

  /** Whether nothing was heard for the quiet time. */
  public boolean isQuiet(long nowMillis) {
    return nowMillis - lastHeardAtMillis >= quietMillis;
  }

  /** Closes up to an event time; it never goes back. Returns whether that is news. */
  public boolean closeThrough(long eventMillis) {
    boolean news = eventMillis > closedThroughMillis;
    closedThroughMillis = Math.max(closedThroughMillis, eventMillis);
    return news;
  }

  /** Up to which event time everything is closed. */
  public long closedThroughMillis() {
    return closedThroughMillis;
  }
}
