package dev.skerry.aggregator.window;

import dev.skerry.service.ConfigException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/**
 * When windows begin, end and close. Immutable.
 *
 * @param prefix of the keys that set them, for messages
 * @param sizes lengths of the tumbling windows, each 1 s and up, no two the same, all of them a
 *     multiple of the smallest
 * @param grace how long after its end, by event time, a window still takes records; 0 and up
 * @param quietClose after how long without input a window that is over closes by wall clock; 2 s
 *     and up, since the lag is known once a second
 * @param maxAhead how far ahead of its append time a record can move event time; 0 to 1 h, since
 *     brokers refuse timestamps that are further ahead
 */
public record WindowRules(
    String prefix, List<Duration> sizes, Duration grace, Duration quietClose, Duration maxAhead) {

  private static final Duration MIN_SIZE = Duration.ofSeconds(1);
  private static final Duration MIN_QUIET = Duration.ofSeconds(2);
  private static final Duration MAX_AHEAD_INCLUSIVE = Duration.ofHours(1);

  /** Checks all of it; the message names the key. */
  public WindowRules {
    sizes = List.copyOf(sizes);
    require(!sizes.isEmpty(), prefix + ".windows is empty; give one duration or several");
    require(new HashSet<>(sizes).size() == sizes.size(), prefix + ".windows names a length twice");
    for (Duration size : sizes) {
      require(
          size.compareTo(MIN_SIZE) >= 0, prefix + ".windows has " + size + "; give PT1S or more");
    }
    Duration smallest = Collections.min(sizes);
    for (Duration size : sizes) {
      require(
          size.toMillis() % smallest.toMillis() == 0,
          prefix + ".windows has " + size + ", which is no multiple of " + smallest);
    }
    require(!grace.isNegative(), prefix + ".grace is " + grace + "; give PT0S or more");
    require(
        quietClose.compareTo(MIN_QUIET) >= 0,
        prefix + ".quiet-close is " + quietClose + "; give PT2S or more");
    require(
        !maxAhead.isNegative() && maxAhead.compareTo(MAX_AHEAD_INCLUSIVE) <= 0,
        prefix + ".max-ahead is " + maxAhead + "; give PT0S to PT1H");
  }

  /** Length of the smallest windows, of which the others are made. */
  long smallestMillis() {
    return Collections.min(sizes).toMillis();
  }

  long graceMillis() {
    return grace.toMillis();
  }

  /** The event time up to which a record moves its stream, however far ahead its device claims. */
  long boundedEventMillis(long eventMillis, long appendMillis) {
    return Math.max(0, Math.min(eventMillis, appendMillis + maxAhead.toMillis()));
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new ConfigException(otherwise);
    }
  }
}
