package dev.skerry.local.site;

import dev.skerry.inference.model.OfflineScorer;
import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a site answered, beside what ONNX Runtime gives for the same windows one at a time. */
final class OfflineComparison {

  private OfflineComparison() {}

  /**
   * What was compared.
   *
   * @param detections how many
   * @param largestDifference between a detection's score and the offline one, relative to it where
   *     it is above 1: anomaly scores have no upper end, and a float has seven digits
   * @param deadLetters reasons by the value that was given up
   */
  record Result(
      long detections, double largestDifference, Map<DeadLetterReason, byte[]> deadLetters) {}

  static Result of(Broker broker, Path model) {
    Map<String, float[]> valuesBySource = new HashMap<>();
    SkerryAvroDeserializer<Telemetry> telemetry = new SkerryAvroDeserializer<>(Telemetry.class);
    Map<DeadLetterReason, byte[]> deadLetters = new HashMap<>();
    List<Double> differences = new ArrayList<>();
    read(
        broker,
        Topics.DEAD_LETTERS,
        DeadLetter.class,
        (record, letter) -> {
          deadLetters.put(letter.getReason(), letter.getOriginalValue().array());
          valuesBySource.put(key(letter.getSource()), new float[0]);
        });
    try (TopicReader reader = new TopicReader(broker);
        OfflineScorer scorer = new OfflineScorer(model)) {
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(Topics.TELEMETRY.name()))),
          record ->
              valuesBySource.computeIfAbsent(
                  record.partition() + "/" + record.offset(),
                  key -> values(telemetry.deserialize(record.topic(), record.value()))));
      read(
          broker,
          Topics.DETECTIONS,
          Detection.class,
          (record, detection) -> {
            float[] values = Objects.requireNonNull(valuesBySource.get(key(detection.getSource())));
            double offline = scorer.score(values)[0];
            double online = Objects.requireNonNull(detection.getScores().get("score"));
            differences.add(Math.abs(offline - online) / Math.max(1, Math.abs(offline)));
          });
    }
    double largest = differences.stream().mapToDouble(d -> d).max().orElseThrow();
    return new Result(differences.size(), largest, deadLetters);
  }

  private static String key(SourceRef source) {
    return source.getPartition() + "/" + source.getOffset();
  }

  private static float[] values(Telemetry telemetry) {
    List<Float> boxed = ((Readings) telemetry.getPayload()).getValues();
    float[] values = new float[boxed.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = boxed.get(i);
    }
    return values;
  }

  private static <T extends SpecificRecord> void read(
      Broker broker,
      Topic topic,
      Class<T> type,
      BiConsumer<ConsumerRecord<byte[], byte[]>, T> sink) {
    SkerryAvroDeserializer<T> deserializer = new SkerryAvroDeserializer<>(type);
    try (TopicReader reader = new TopicReader(broker)) {
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(topic.name()))),
          record -> sink.accept(record, deserializer.deserialize(topic.name(), record.value())));
    }
  }
}
