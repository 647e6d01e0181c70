package dev.skerry.retrain.labels;

import dev.skerry.service.QueryParameters;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
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

  private static final long DEFAULT_LIMIT = 50L;
  private static final int MAX_LIMIT = 500;
  private static final String ALL = "all";

  /** Reads a query; throws {@link IllegalArgumentException} that names what is wrong. */
  static SampleQuery of(URI uri) {
    QueryParameters parameters = new QueryParameters(uri);
    SampleQuery query =
        new SampleQuery(
            state(parameters.take("state").orElse(null)),
            parameters.take("stream"),
            parameters.takeNumber("limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT).intValue(),
            parameters.takeNumber("before", 0, Long.MAX_VALUE).orElse(Long.MAX_VALUE));
    parameters.requireNoOther("state, stream, limit and before");
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
}
