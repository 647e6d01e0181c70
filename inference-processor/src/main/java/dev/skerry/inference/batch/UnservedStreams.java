package dev.skerry.inference.batch;

import static dev.skerry.schemas.DeadLetterReason.NO_MODEL;

import dev.skerry.inference.decode.TelemetryView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What becomes of records of streams that no model serves. Not thread-safe: one per worker. */
public final class UnservedStreams {

  /** The streams that are named; all after these are {@link #OTHER}. */
  public static final int MAX_NAMED = 20;

  /** Stands for the streams that are not named. */
  public static final String OTHER = "other";

  private final Rule rule;
  private final List<Named> named = new ArrayList<>();
  private final Outcome.Ignored other = new Outcome.Ignored(OTHER);

  /** What can be done with such a record. */
  public enum Rule {
    /** It becomes a dead letter. */
    DEAD_LETTER,
    /** It is counted. */
    IGNORE
  }

  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  private record Named(byte[] stream, Outcome.Ignored outcome) {}

  /** All such records are treated alike. */
  public UnservedStreams(Rule rule) {
    this.rule = rule;
  }

  Outcome outcome(TelemetryView view) {
    return rule == Rule.IGNORE
        ? ignored(view)
        : new Outcome.Rejected(NO_MODEL, "No model serves the stream " + view.stream() + ".");
  }

  private Outcome ignored(TelemetryView view) {
    for (Named stream : named) {
      if (view.isOfStream(stream.stream())) {
        return stream.outcome();
      }
    }
    if (named.size() == MAX_NAMED) {
      return other;
    }
    String stream = view.stream();
    Outcome.Ignored outcome = new Outcome.Ignored(stream);
    named.add(new Named(stream.getBytes(StandardCharsets.UTF_8), outcome));
    return outcome;
  }
}
