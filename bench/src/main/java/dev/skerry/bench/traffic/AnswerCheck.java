package dev.skerry.bench.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.bench.workload.ExpectedScores;
import dev.skerry.bench.workload.TelemetryPool;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads answers as anybody would, committed ones alone, and ticks them off against the questions:
 * by (partition, offset), by the question's own number, in the order of each device, and a sample
 * of the scores against offline ONNX Runtime. Not thread-safe.
 */
public final class AnswerCheck {

  /** Coprime with the pool's size, so that every kind of record is in the sample. */
  private static final int SAMPLE_EVERY = 37;

  private final ExpectedScores expected;
  private final AvroDecoder<Detection> decoder = new AvroDecoder<>(Detection.class);
  private final DetectionHead head = new DetectionHead();
  private final Map<Integer, BitSet> answeredByPartition = new HashMap<>();
  private final BitSet answered = new BitSet();
  private final Map<String, Long> lastByDevice = new HashMap<>();
  private long answers;
  private long bytes;
  private long doubled;
  private long overtaken;
  private long compared;
  private long different;

  private AnswerCheck(ExpectedScores expected) {
    this.expected = expected;
  }

  /**
   * What was found.
   *
   * @param answers detections
   * @param bytes their values' bytes
   * @param missing questions without one
   * @param doubled detections of a question that had one
   * @param outOfOrder detections that came after a younger one of their device
   * @param compared detections whose scores were compared with offline ones
   * @param different those of them that differ by more than the tolerance
   */
  public record Report(
      long answers,
      long bytes,
      long missing,
      long doubled,
      long outOfOrder,
      long compared,
      long different) {

    /** Whether every question has one answer, in order, with the right scores. */
    public boolean holds() {
      return answers > 0 && missing == 0 && doubled == 0 && outOfOrder == 0 && different == 0;
    }
  }

  /** Reads detections from these offsets to the end; the questions have the numbers 0 and up. */
  public static Report detections(
      String bootstrapServers,
      Map<TopicPartition, Long> from,
      long questions,
      ExpectedScores expected) {
    AnswerCheck check = new AnswerCheck(expected);
    try (TopicReader reader = new TopicReader(bootstrapServers)) {
      reader.readToEnd(from, check::see);
    }
    return check.report(questions);
  }

  /** Reads what the copy wrote instead of detections; see {@link CopiedAnswer}. */
  public static Report copies(
      String bootstrapServers, Map<TopicPartition, Long> from, long questions) {
    Map<Integer, BitSet> seen = new HashMap<>();
    long[] counts = new long[3];
    try (TopicReader reader = new TopicReader(bootstrapServers)) {
      reader.readToEnd(
          from,
          record -> {
            BitSet places =
                seen.computeIfAbsent(CopiedAnswer.partition(record.value()), key -> new BitSet());
            int place = Math.toIntExact(CopiedAnswer.offset(record.value()));
            counts[0]++;
            counts[1] += record.value().length;
            counts[2] += places.get(place) ? 1 : 0;
            places.set(place);
          });
    }
    long distinct = seen.values().stream().mapToLong(BitSet::cardinality).sum();
    return new Report(counts[0], counts[1], questions - distinct, counts[2], 0, 0, 0);
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    answers++;
    bytes += record.value().length;
    DetectionHead.Question question = head.read(record.value());
    long index = TelemetryPool.index(question.sequence());
    int place = Math.toIntExact(index);
    BitSet inPartition =
        answeredByPartition.computeIfAbsent(question.partition(), partition -> new BitSet());
    int offset = Math.toIntExact(question.offset());
    doubled += answered.get(place) || inPartition.get(offset) ? 1 : 0;
    answered.set(place);
    inPartition.set(offset);
    if (answers % SAMPLE_EVERY == 0) {
      compare(index, record.value());
    }
    Long before = lastByDevice.put(new String(record.key(), UTF_8), question.offset());
    overtaken += before != null && before > question.offset() ? 1 : 0;
  }

  private void compare(long index, byte[] value) {
    compared++;
    boolean same =
        decoder.decode(value) instanceof Decoded.Value<Detection> detection
            && expected.agree(index, detection.value());
    different += same ? 0 : 1;
  }

  private Report report(long questions) {
    long byNumber = answered.get(0, Math.toIntExact(questions)).cardinality();
    long unasked = answered.cardinality() - byNumber;
    long byPlace = answeredByPartition.values().stream().mapToLong(BitSet::cardinality).sum();
    long missing = questions - Math.min(byNumber, byPlace);
    return new Report(answers, bytes, missing, doubled + unasked, overtaken, compared, different);
  }
}
