package dev.skerry.local.audit;

import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.SourceHeader;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Proves what a site promises by reading its topics anew, from given offsets to the end, with
 * consumers of its own that see only what was committed.
 */
public final class Audit {

  private Audit() {}

  /** Reads telemetry and answers of a run, and ticks them off by partition and offset. */
  public static AnswerReport answers(Broker edge, RunStart start) {
    try (TopicReader reader = new TopicReader(edge)) {
      return answers(reader, start.telemetry(), start.answers());
    }
  }

  /**
   * The same in the cloud, for all that sites left to it and that is still there. Answers outlive
   * what they answer, so that some may not be asked for any more.
   */
  public static AnswerReport overflowAnswers(Broker cloud) {
    try (TopicReader reader = new TopicReader(cloud)) {
      Map<TopicPartition, Long> answers =
          reader.beginnings(
              reader.partitions(
                  List.of(Topics.OVERFLOW_DETECTIONS.name(), Topics.DEAD_LETTERS.name())));
      Map<TopicPartition, Long> overflow =
          reader.beginnings(reader.partitions(List.of(Topics.TELEMETRY_OVERFLOW.name())));
      return answers(reader, overflow, answers);
    }
  }

  private static AnswerReport answers(
      TopicReader reader, Map<TopicPartition, Long> telemetry, Map<TopicPartition, Long> answers) {
    AnswerLedger ledger = new AnswerLedger(telemetry);
    AnswerReader answerReader = new AnswerReader(ledger);
    // Answers first: telemetry that comes while they are read is merely not answered yet.
    reader.readToEnd(answers, answerReader::read);
    reader.readToEnd(telemetry, record -> ledger.asked(partition(record), record.offset()));
    return ledger.report();
  }

  /** Compares what the edge and the cloud keep of these topics, record for record. */
  public static List<MirrorReport> mirrored(String edge, String cloud, List<Topic> topics) {
    return mirrored(edge, cloud, topics, RecordFilter.all());
  }

  /** The same for brokers that take anybody, of one site of several. */
  public static List<MirrorReport> mirrored(
      String edge, String cloud, List<Topic> topics, RecordFilter ofTheSite) {
    return mirrored(Broker.plain(edge), Broker.plain(cloud), topics, ofTheSite);
  }

  /** The same where other sites share the cloud, and the filter takes what is of this one. */
  public static List<MirrorReport> mirrored(
      Broker edge, Broker cloud, List<Topic> topics, RecordFilter ofTheSite) {
    Map<TopicPartition, List<Fingerprint>> left = fingerprints(edge, topics, RecordFilter.all());
    Map<TopicPartition, List<Fingerprint>> right = fingerprints(cloud, topics, ofTheSite);
    return topics.stream().map(topic -> compare(topic.name(), left, right)).toList();
  }

  private static MirrorReport compare(
      String topic,
      Map<TopicPartition, List<Fingerprint>> edge,
      Map<TopicPartition, List<Fingerprint>> cloud) {
    List<MirrorComparison.Difference> differences =
        edge.entrySet().stream()
            .filter(entry -> entry.getKey().topic().equals(topic))
            .map(
                entry ->
                    MirrorComparison.compare(
                        entry.getValue(), cloud.getOrDefault(entry.getKey(), List.of())))
            .toList();
    return new MirrorReport(
        topic,
        differences.stream().mapToLong(MirrorComparison.Difference::edge).sum(),
        differences.stream().mapToLong(MirrorComparison.Difference::cloud).sum(),
        differences.stream().mapToLong(MirrorComparison.Difference::missing).sum(),
        differences.stream().mapToLong(MirrorComparison.Difference::doubled).sum(),
        differences.stream().filter(MirrorComparison.Difference::reordered).count());
  }

  private static Map<TopicPartition, List<Fingerprint>> fingerprints(
      Broker broker, List<Topic> topics, RecordFilter filter) {
    Map<TopicPartition, List<Fingerprint>> fingerprints = new HashMap<>();
    try (TopicReader reader = new TopicReader(broker)) {
      List<TopicPartition> partitions =
          reader.partitions(topics.stream().map(Topic::name).toList());
      partitions.forEach(partition -> fingerprints.put(partition, new ArrayList<>()));
      reader.readToEnd(
          reader.beginnings(partitions),
          record -> {
            if (filter.takes(record)) {
              fingerprints
                  .computeIfAbsent(partition(record), key -> new ArrayList<>())
                  .add(Fingerprint.of(record));
            }
          });
    }
    return fingerprints;
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  /** Reads detections, dead letters and what overflowed into the ledger. */
  private static final class AnswerReader {

    private static final String INFERENCE = "inference";
    private static final Set<String> DETECTIONS =
        Set.of(Topics.DETECTIONS.name(), Topics.OVERFLOW_DETECTIONS.name());

    private final AvroDecoder<Detection> detections = new AvroDecoder<>(Detection.class);
    private final AvroDecoder<DeadLetter> deadLetters = new AvroDecoder<>(DeadLetter.class);
    private final AnswerLedger ledger;

    AnswerReader(AnswerLedger ledger) {
      this.ledger = ledger;
    }

    void read(ConsumerRecord<byte[], byte[]> record) {
      if (DETECTIONS.contains(record.topic())) {
        SourceRef source = value(detections, record).getSource();
        ledger.detected(partition(source), source.getOffset());
      } else if (record.topic().equals(Topics.TELEMETRY_OVERFLOW.name())) {
        SourceRef source =
            SourceHeader.read(record.headers()).orElseThrow(() -> unreadable(record));
        ledger.overflowed(partition(source), source.getOffset());
      } else {
        DeadLetter letter = value(deadLetters, record);
        // The same telemetry may be given up later on by other parts too: that is no answer.
        if (letter.getStage().equals(INFERENCE)) {
          ledger.deadLettered(partition(letter.getSource()), letter.getSource().getOffset());
        }
      }
    }

    private static TopicPartition partition(SourceRef source) {
      return new TopicPartition(source.getTopic(), source.getPartition());
    }

    private static <T extends SpecificRecord> T value(
        AvroDecoder<T> decoder, ConsumerRecord<byte[], byte[]> record) {
      Decoded<T> decoded = decoder.decode(record.value());
      if (decoded instanceof Decoded.Value<T> value) {
        return value.value();
      }
      throw unreadable(record);
    }

    private static IllegalStateException unreadable(ConsumerRecord<byte[], byte[]> record) {
      return new IllegalStateException(
          "The answer at %s-%d, offset %d cannot be read"
              .formatted(record.topic(), record.partition(), record.offset()));
    }
  }
}
