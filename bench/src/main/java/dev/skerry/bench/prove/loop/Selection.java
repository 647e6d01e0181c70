package dev.skerry.bench.prove.loop;

import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What became of the windows of each class, counted by a reader of its own. Not thread-safe. */
final class Selection {

  private static final String TRUTH = "label.fault";

  private final SortedMap<String, long[]> counts = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, Long>> reasons = new TreeMap<>();

  /**
   * One class.
   *
   * @param windows that came in
   * @param candidates that the model doubted, or that were drawn at random
   * @param samples that the selection let out
   * @param share of the windows that became samples, 0 to 1
   * @param reasons of the samples; one may have several
   */
  public record Of(
      long windows, long candidates, long samples, double share, SortedMap<String, Long> reasons) {}

  private Selection() {}

  static Map<String, Of> read(String edge) {
    Selection selection = new Selection();
    AvroDecoder<Telemetry> telemetry = new AvroDecoder<>(Telemetry.class);
    AvroDecoder<RetrainingSample> samples = new AvroDecoder<>(RetrainingSample.class);
    try (TopicReader reader = new TopicReader(edge)) {
      selection.each(
          reader,
          Topics.TELEMETRY,
          record -> {
            if (telemetry.decode(record.value()) instanceof Decoded.Value<Telemetry> value) {
              selection.count(value.value(), 0);
            }
          });
      for (Topic topic : List.of(Topics.RETRAINING_CANDIDATES, Topics.RETRAINING_SAMPLES)) {
        int column = topic.equals(Topics.RETRAINING_SAMPLES) ? 2 : 1;
        selection.each(
            reader,
            topic,
            record -> {
              if (samples.decode(record.value()) instanceof Decoded.Value<RetrainingSample> value) {
                selection.count(value.value().getTelemetry(), column);
                if (column == 2) {
                  selection.reasons(value.value());
                }
              }
            });
      }
    }
    return selection.toMap();
  }

  private void each(
      TopicReader reader,
      Topic topic,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> consumer) {
    reader.readToEnd(reader.beginnings(reader.partitions(List.of(topic.name()))), consumer);
  }

  private void count(Telemetry telemetry, int column) {
    String truth = telemetry.getAttributes().get(TRUTH);
    if (truth != null) {
      counts.computeIfAbsent(truth, name -> new long[3])[column]++;
    }
  }

  private void reasons(RetrainingSample sample) {
    String truth = sample.getTelemetry().getAttributes().get(TRUTH);
    if (truth != null) {
      SortedMap<String, Long> of = reasons.computeIfAbsent(truth, name -> new TreeMap<>());
      sample.getReasons().forEach(reason -> of.merge(reason.name(), 1L, Long::sum));
    }
  }

  private Map<String, Of> toMap() {
    Map<String, Of> map = new TreeMap<>();
    counts.forEach(
        (truth, of) ->
            map.put(
                truth,
                new Of(
                    of[0],
                    of[1],
                    of[2],
                    (double) of[2] / Math.max(1, of[0]),
                    reasons.getOrDefault(truth, new TreeMap<>()))));
    return map;
  }
}
