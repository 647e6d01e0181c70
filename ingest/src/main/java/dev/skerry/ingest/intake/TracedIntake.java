package dev.skerry.ingest.intake;

import dev.skerry.service.trace.Traces;
import java.util.concurrent.CompletionStage;

/**
 * The way in for messages of one request: what is written while it is taken belongs to the trace
 * that the request names. As safe with threads as the intake behind it.
 *
 * @param traceParent as the request names it (W3C Trace Context)
 */
public record TracedIntake(Intake intake, Traces traces, String traceParent) implements Intake {

  @Override
  public CompletionStage<Receipt> accept(Arrival arrival) {
    return traces.following(traceParent, () -> intake.accept(arrival));
  }

  @Override
  public CompletionStage<Receipt> keep(Unread unread) {
    return traces.following(traceParent, () -> intake.keep(unread));
  }
}
