package dev.skerry.aggregator;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Counts by stream, label and window of 10 s: of what went in, and of what came out. */
final class Tally {

  private final Map<String, Long> counts = new TreeMap<>();

  void add(Detection detection) {
    long window = Math.floorDiv(detection.getEventTime().toEpochMilli(), 10_000L) * 10_000L;
    counts.merge(key(detection.getStream(), detection.getLabel(), window), 1L, Long::sum);
  }

  Map<String, Long> counts() {
    return counts;
  }

  static Map<String, Long> of(List<Aggregate> aggregates) {
    return new TreeMap<>(
        aggregates.stream().collect(groupingBy(Tally::key, summingLong(Aggregate::getCount))));
  }

  static String key(Aggregate aggregate) {
    return key(
        aggregate.getStream(), aggregate.getLabel(), aggregate.getWindowStart().toEpochMilli());
  }

  static List<Aggregate> decode(List<ConsumerRecord<byte[], byte[]>> records) {
    SkerryAvroDeserializer<Aggregate> value = new SkerryAvroDeserializer<>(Aggregate.class);
    return records.stream().map(r -> value.deserialize(r.topic(), r.value())).toList();
  }

  private static String key(String stream, String label, long window) {
    return stream + "/" + label + "/" + window;
  }
}
