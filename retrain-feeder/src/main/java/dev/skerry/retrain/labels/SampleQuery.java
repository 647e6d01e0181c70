package dev.skerry.retrain.labels;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which samples are asked for.
 *
 * @param state only those in this state; empty for all
 * @param stream only those of this stream; empty for all
 * @param limit the most in one answer, 1 to 500
 * @param before only those with lower numbers
 */
record SampleQuery(Optional<State> state, Optional<String> stream, int limit, long before) {

  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;
  private static final String ALL = "all";

  /** Reads a query; throws {@link IllegalArgumentException} that names what is wrong. */
  static SampleQuery of(URI uri) {
    Map<String, String> parameters = parameters(uri);
    SampleQuery query =
        new SampleQuery(
            state(parameters.remove("state")),
            Optional.ofNullable(parameters.remove("stream")),
            (int) number("limit", parameters.remove("limit"), DEFAULT_LIMIT, MAX_LIMIT),
            number("before", parameters.remove("before"), Long.MAX_VALUE, Long.MAX_VALUE));
    if (!parameters.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown: "
              + String.join(", ", parameters.keySet())
              + "; there are state, stream, limit and before");
    }
    return query;
  }

  boolean asksFor(SampleIndex.Entry entry) {
    return state.map(State.of(entry)::equals).orElse(true)
        && stream.map(entry.sample().stream()::equals).orElse(true);
  }

  private static Optional<State> state(@Nullable String text) {
    if (text == null) {
      return Optional.of(State.UNLABELLED);
    }
    if (text.equals(ALL)) {
      return Optional.empty();
    }
    return Arrays.stream(State.values())
        .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .or(
            () -> {
              throw new IllegalArgumentException(
                  "state is " + text + ": give unlabelled, labelled, unusable or all");
            });
  }

  private static long number(
      String name, @Nullable String text, long otherwise, long maxInclusive) {
    if (text == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= maxInclusive && !(name.equals("limit") && number == 0)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is " + text + ", which is no number", e);
    }
    throw new IllegalArgumentException(
        name + " is " + text + ": give a number up to " + maxInclusive);
  }

  private static Map<String, String> parameters(URI uri) {
    Map<String, String> parameters = new HashMap<>();
    String query = uri.getRawQuery();
    if (query != null && !query.isEmpty()) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException(pair + " is no name=value");
        }
        parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
