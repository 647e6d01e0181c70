package dev.skerry.aggregator.query;

import dev.skerry.aggregator.window.OpenWindows;
import dev.skerry.aggregator.window.WindowKey;
import dev.skerry.service.QueryParameters;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which open windows are asked for.
 *
 * @param site only of this site
 * @param stream only of this stream
 * @param windowMillis only of this length
 * @param limit the most in one answer, 1 to 1000
 * @param after only those behind this one in the order of pages
 */
record WindowQuery(
    Optional<String> site,
    Optional<String> stream,
    Optional<Long> windowMillis,
    int limit,
    Optional<String> after) {

  private static final long DEFAULT_LIMIT = 100L;
  private static final int MAX_LIMIT = 1_000;

  /** A page ends somewhere in this order; windows that open or close meanwhile do not move it. */
  static final Comparator<WindowKey> ORDER =
      Comparator.<WindowKey, String>comparing(key -> key.group().stream().siteId())
          .thenComparing(key -> key.group().stream().stream())
          .thenComparingLong(WindowKey::sizeMillis)
          .thenComparingLong(WindowKey::startMillis)
          .thenComparing(key -> key.group().model())
          .thenComparing(key -> key.group().modelVersion())
          .thenComparing(key -> key.group().label());

  /** Reads a query; throws {@link IllegalArgumentException} that names what is wrong. */
  static WindowQuery of(URI uri) {
    QueryParameters parameters = new QueryParameters(uri);
    WindowQuery query =
        new WindowQuery(
            parameters.take("site"),
            parameters.take("stream"),
            parameters.takeNumber("windowMillis", 1, Long.MAX_VALUE),
            parameters.takeNumber("limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT).intValue(),
            parameters.take("cursor").map(WindowQuery::position));
    parameters.requireNoOther("site, stream, windowMillis, limit and cursor");
    return query;
  }

  /** Of each partition as many as can be on the page, and one more that says it goes on. */
  OpenWindows.Selection selection() {
    return new OpenWindows.Selection(this::asksFor, ORDER, limit + 1);
  }

  private boolean asksFor(WindowKey key) {
    return site.map(key.group().stream().siteId()::equals).orElse(true)
        && stream.map(key.group().stream().stream()::equals).orElse(true)
        && windowMillis.map(millis -> millis == key.sizeMillis()).orElse(true)
        && after.map(before -> position(key).compareTo(before) > 0).orElse(true);
  }

  /** What to give as cursor to go on behind a window. */
  static String cursor(WindowKey key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position(key).getBytes(StandardCharsets.UTF_8));
  }

  private static String position(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("cursor is none that was given out", e);
    }
  }

  /** In the same order as {@link #ORDER}, as text. */
  private static String position(WindowKey key) {
    return String.join(
        "\0",
        key.group().stream().siteId(),
        key.group().stream().stream(),
        "%015d".formatted(key.sizeMillis()),
        "%015d".formatted(key.startMillis()),
        key.group().model(),
        key.group().modelVersion(),
        key.group().label());
  }
}
