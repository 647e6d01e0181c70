package dev.skerry.retrain.select;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.streams.Reading;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Puts a candidate's claim into its headers and leaves its bytes as they were read. */
final class Claiming
    extends ContextualProcessor<byte[], Reading.Value<RetrainingSample>, byte[], byte[]> {

  private final SelectMetrics metrics;

  Claiming(SelectMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void process(Record<byte[], Reading.Value<RetrainingSample>> candidate) {
    int bytes = candidate.value().bytes().length;
    if (bytes > Topics.MAX_WRAPPED_BYTES) {
      // It came in compressed. Sent on, it would be refused again and again.
      metrics.count(new Verdict.Refused(Refusal.TOO_LARGE), bytes);
      return;
    }
    forward(candidate);
  }

  private void forward(Record<byte[], Reading.Value<RetrainingSample>> candidate) {
    Claim claim = Claim.of(candidate.value().value());
    // Streams drops records without a key before a repartition: give it the one it should have.
    byte[] key = candidate.key() == null ? claim.deviceId().getBytes(UTF_8) : candidate.key();
    context()
        .forward(
            candidate
                .withKey(key)
                .withValue(candidate.value().bytes())
                .withHeaders(claim.addTo(candidate.headers())));
  }
}
