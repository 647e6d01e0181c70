package dev.skerry.inference.answer;

import dev.skerry.inference.batch.ModelBatch;
import dev.skerry.inference.batch.Outcome;
import dev.skerry.inference.batch.Row;
import dev.skerry.inference.canary.CanaryTally;
import dev.skerry.inference.decode.TelemetryView;
import dev.skerry.inference.overflow.OverflowRecord;
import dev.skerry.inference.task.Verdict;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.SampleId;
import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.SourceHeader;
import dev.skerry.schemas.serde.SchemaCatalogue;
import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What is written for one record: a detection, and a retraining candidate beside it where the model
 * is in doubt; or a dead letter; or the record itself, where it is left to the cloud; or, of
 * records that are ignored together, which they were. In the cloud there are no candidates: the
 * telemetry that overflowed is there whole. Not thread-safe: one per worker.
 */
public final class Answers {

  /** A longer key would not fit a dead letter twice, as its key and inside its value. */
  private static final int MAX_DEAD_LETTER_KEY_BYTES = 64 << 10;

  /** In the order of the schema. */
  private static final List<SampleReason> REASONS = List.of(SampleReason.values());

  private final String siteId;
  private final Side side;
  private final Optional<String> rescoreTo;
  private final DeadLetterEncoder deadLetters;
  private final Map<ModelBatch, ModelAnswers> models = new HashMap<>();
  private final Map<ModelBatch, ModelAnswers> shadows = new HashMap<>();
  private @Nullable ModelBatch lastBatch;
  private @Nullable ModelAnswers lastModel;
  private final IgnoredRecords ignored;
  private final AvroBuffer buffer = new AvroBuffer();
  private final int detectionSchemaId = schemaId(Detection.getClassSchema());
  private final int sampleSchemaId = schemaId(RetrainingSample.getClassSchema());

  /** Answers of the site that gives them, to its own telemetry. */
  public Answers(String siteId) {
    this(siteId, Side.EDGE, Optional.empty());
  }

  /**
   * Answers at one end of the link: in the cloud they are given to telemetry that overflowed.
   *
   * @param rescoreTo where detections go when history is scored anew; nothing else is written then
   */
  public Answers(String siteId, Side side, Optional<String> rescoreTo) {
    this.siteId = siteId;
    this.side = side;
    this.rescoreTo = rescoreTo;
    this.deadLetters = new DeadLetterEncoder(siteId);
    this.ignored = new IgnoredRecords(siteId);
  }

  /**
   * Writes all that answers a row.
   *
   * @param nowMillis when the model's answer was there, since the epoch
   */
  public void write(Row row, long nowMillis, Consumer<ProducerRecord<byte[], byte[]>> out) {
    Outcome outcome = row.outcome();
    if (rescoreTo.isPresent() && !(outcome instanceof Outcome.Placed)) {
      return; // It has its answer already.
    }
    if (outcome instanceof Outcome.Rejected rejected) {
      out.accept(deadLetter(row, rejected, nowMillis));
      return;
    }
    if (outcome instanceof Outcome.Ignored) {
      ignored.add(row.source());
      return;
    }
    if (outcome instanceof Outcome.Diverted) {
      out.accept(OverflowRecord.of(row.source(), row.view()));
      return;
    }
    Outcome.Placed place = (Outcome.Placed) outcome;
    ModelAnswers model = model(place.batch());
    Verdict verdict = model.judge(row, place);
    byte[] key = key(row);
    Outcome.Placed shadow = row.shadow();
    if (shadow != null) {
      out.accept(compare(row, place, model, verdict, shadow, nowMillis));
    }
    byte[] detection = detection(row, model, nowMillis);
    if (rescoreTo.isPresent()) {
      out.accept(new ProducerRecord<>(rescoreTo.get(), key, detection));
      return;
    }
    if (side == Side.CLOUD) {
      out.accept(ofOverflow(row, key, detection));
      return;
    }
    out.accept(new ProducerRecord<>(Topics.DETECTIONS.name(), key, detection));
    if (verdict.isCandidate()) {
      byte[] candidate = candidate(row, verdict, detection);
      out.accept(new ProducerRecord<>(Topics.RETRAINING_CANDIDATES.name(), key, candidate));
    }
  }

  /** What the other of champion and canary says of the row, and whether they agree. */
  private ProducerRecord<byte[], byte[]> compare(
      Row row,
      Outcome.Placed place,
      ModelAnswers answer,
      Verdict verdict,
      Outcome.Placed shadow,
      long nowMillis) {
    ModelAnswers other =
        shadows.computeIfAbsent(
            shadow.batch(), made -> new ModelAnswers(made.model().contract(), ModelRole.SHADOW));
    Verdict otherVerdict = other.judge(row, shadow);
    boolean agrees = answer.label().equals(other.label());
    if (!agrees) {
      verdict.disagree();
    }
    boolean byCanary = place.batch().role() == ModelRole.CANARY;
    CanaryTally tally = (byCanary ? place : shadow).batch().trial();
    if (tally != null) {
      Verdict champion = byCanary ? otherVerdict : verdict;
      Verdict canary = byCanary ? verdict : otherVerdict;
      tally.pair(
          (byCanary ? other : answer).label(),
          agrees,
          isAlone(SampleReason.LOW_CONFIDENCE, canary, champion),
          isAlone(SampleReason.OUT_OF_RANGE, canary, champion));
    }
    buffer.begin(detectionSchemaId);
    other.encode(buffer, row, nowMillis);
    return new ProducerRecord<>(Topics.SHADOW_SCORES.name(), key(row), buffer.toBytes());
  }

  private static boolean isAlone(SampleReason reason, Verdict canary, Verdict champion) {
    return canary.isDoubted(reason) && !champion.isDoubted(reason);
  }

  /** Forgets what it knows of other batches than these. */
  public void keep(Collection<ModelBatch> batches) {
    lastBatch = null;
    lastModel = null;
    models.keySet().retainAll(batches);
    shadows.keySet().retainAll(batches);
  }

  /** Forgets what was ignored and is not written: it will be polled again. */
  public void clear() {
    ignored.clear();
  }

  /** Writes which records were ignored since the last call. */
  public void writeIgnored(long nowMillis, Consumer<ProducerRecord<byte[], byte[]>> out) {
    ignored.write(nowMillis, out);
  }

  /** Its source is the record in the cloud; the header says where that one came from. */
  private static ProducerRecord<byte[], byte[]> ofOverflow(Row row, byte[] key, byte[] detection) {
    ProducerRecord<byte[], byte[]> answer =
        new ProducerRecord<>(Topics.OVERFLOW_DETECTIONS.name(), key, detection);
    Header source = row.source().headers().lastHeader(SourceHeader.NAME);
    if (source != null) {
      answer.headers().add(source);
    }
    return answer;
  }

  private byte[] detection(Row row, ModelAnswers model, long nowMillis) {
    buffer.begin(detectionSchemaId);
    model.encode(buffer, row, nowMillis);
    return buffer.toBytes();
  }

  /** Mostly that of the record before. */
  private ModelAnswers model(ModelBatch batch) {
    ModelAnswers last = lastModel;
    if (last == null || batch != lastBatch) {
      last =
          models.computeIfAbsent(
              batch, made -> new ModelAnswers(made.model().contract(), made.role()));
      lastModel = last;
      lastBatch = batch;
    }
    return last;
  }

  /** The candidate holds the detection and the telemetry as they are, so both are copied whole. */
  private byte[] candidate(Row row, Verdict verdict, byte[] detection) {
    TelemetryView telemetry = row.view();
    buffer.begin(sampleSchemaId).writeString(sampleId(row)).writeLong(verdict.doubtCount());
    for (int symbol = 0; symbol < REASONS.size(); symbol++) {
      if (verdict.isDoubted(REASONS.get(symbol))) {
        buffer.writeLong(symbol);
      }
    }
    return buffer
        .writeLong(0) // The list's end.
        .writeFloat(verdict.uncertainty())
        .writeRaw(detection, WireFormat.HEADER_BYTES, detection.length - WireFormat.HEADER_BYTES)
        .writeRaw(
            telemetry.bytes(),
            telemetry.recordOffset() + WireFormat.HEADER_BYTES,
            telemetry.recordLength() - WireFormat.HEADER_BYTES)
        .toBytes();
  }

  private String sampleId(Row row) {
    ConsumerRecord<?, ?> source = row.source();
    return SampleId.of(
            siteId, source.topic(), source.partition(), source.offset(), source.timestamp())
        .toString();
  }

  private ProducerRecord<byte[], byte[]> deadLetter(
      Row row, Outcome.Rejected rejected, long nowMillis) {
    byte[] key = row.source().key();
    boolean keepsKey = key == null || key.length <= MAX_DEAD_LETTER_KEY_BYTES;
    byte[] value = deadLetters.encode(row.source(), rejected, nowMillis);
    return keepsKey
        ? new ProducerRecord<>(Topics.DEAD_LETTERS.name(), key, value)
        : new ProducerRecord<>(Topics.DEAD_LETTERS.name(), value);
  }

  /** The record's own key, so that its answers keep its order; a record without one gets it. */
  private static byte[] key(Row row) {
    byte[] key = row.source().key();
    return key == null ? row.view().deviceId() : key;
  }

  private static int schemaId(Schema schema) {
    return SchemaCatalogue.released().id(schema).orElseThrow();
  }
}
