package dev.skerry.retrain.select;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.retrain.egress.Egress;
import dev.skerry.retrain.egress.Leaving;
import dev.skerry.retrain.sketch.Fingerprint;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.streams.Reading;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes of a candidate what may leave the site of it, and puts its claim into the headers. What may
 * not leave goes on without its bytes, to be counted. Belongs to one stream task.
 */
final class Claiming
    extends ContextualProcessor<byte[], Reading.Value<RetrainingSample>, byte[], byte[]> {

  private static final byte[] NOTHING = {};

  private final Egress egress;
  private final AvroEncoder<RetrainingSample> encoder = new AvroEncoder<>(RetrainingSample.class);

  Claiming(Egress egress) {
    this.egress = egress;
  }

  @Override
  public void process(Record<byte[], Reading.Value<RetrainingSample>> candidate) {
    RetrainingSample sample = candidate.value().value();
    Leaving leaving = egress.of(sample);
    if (leaving instanceof Leaving.Allowed allowed) {
      forward(candidate, allowed);
    } else {
      Refusal why = leaving instanceof Leaving.Kept ? Refusal.EGRESS_NONE : Refusal.UNREADABLE;
      refuse(candidate, Claim.of(sample, Fingerprint.none()), why);
    }
  }

  private void forward(
      Record<byte[], Reading.Value<RetrainingSample>> candidate, Leaving.Allowed allowed) {
    Claim claim = Claim.of(candidate.value().value(), allowed.fingerprint());
    Record<byte[], byte[]> leaves =
        allowed
            .changed()
            .map(changed -> changed(candidate, changed))
            .orElseGet(() -> asItIs(candidate, claim));
    if (leaves.value().length > Topics.MAX_WRAPPED_BYTES) {
      // It came in compressed. Sent on, it would be refused again and again.
      refuse(candidate, claim, Refusal.TOO_LARGE);
      return;
    }
    context().forward(leaves.withHeaders(ClaimHeaders.with(leaves.headers(), claim)));
  }

  private static Record<byte[], byte[]> asItIs(
      Record<byte[], Reading.Value<RetrainingSample>> candidate, Claim claim) {
    // Streams drops records without a key before a repartition: give it the one it should have.
    byte[] key = candidate.key() == null ? claim.deviceId().getBytes(UTF_8) : candidate.key();
    return candidate.withKey(key).withValue(candidate.value().bytes());
  }

  /** With nothing of what went with it: key and headers may say what was taken out. */
  private Record<byte[], byte[]> changed(
      Record<byte[], Reading.Value<RetrainingSample>> candidate, RetrainingSample changed) {
    return new Record<>(
        changed.getTelemetry().getDeviceId().getBytes(UTF_8),
        encoder.encode(changed),
        candidate.timestamp(),
        new RecordHeaders());
  }

  private void refuse(
      Record<byte[], Reading.Value<RetrainingSample>> candidate, Claim claim, Refusal why) {
    context()
        .forward(
            new Record<>(
                claim.deviceId().getBytes(UTF_8),
                NOTHING,
                candidate.timestamp(),
                ClaimHeaders.refused(claim, why)));
  }
}
