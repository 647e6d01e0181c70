package dev.skerry.bench.prove.ledger;

import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an independent reader of committed records finds in the cloud: nothing of the ledger, record
 * by record.
 *
 * @param timesBySequence how often each record is there
 * @param countByMinute how many are there, by the minute of the time that the mirror kept
 */
record Arrived(Map<Long, Integer> timesBySequence, Map<Instant, Long> countByMinute) {

  static Arrived read(String cloudBootstrapServers) {
    SkerryAvroDeserializer<Telemetry> values = new SkerryAvroDeserializer<>(Telemetry.class);
    Map<Long, Integer> times = new HashMap<>();
    Map<Instant, Long> counts = new HashMap<>();
    try (TopicReader reader = new TopicReader(cloudBootstrapServers)) {
      String topic = OverflowFeed.TOPIC.name();
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(topic))),
          record -> {
            times.merge(values.deserialize(topic, record.value()).getSequence(), 1, Integer::sum);
            Instant appended = Instant.ofEpochMilli(record.timestamp());
            counts.merge(appended.truncatedTo(ChronoUnit.MINUTES), 1L, Long::sum);
          });
    }
    return new Arrived(times, counts);
  }

  /** How many of these are not there. */
  long missing(List<Written> written) {
    return written.stream().filter(each -> times(each) == 0).count();
  }

  /** How many times too often these are there. */
  long doubled(List<Written> written) {
    return written.stream().mapToLong(each -> Math.max(0, times(each) - 1)).sum();
  }

  private int times(Written written) {
    return timesBySequence.getOrDefault(written.sequence(), 0);
  }
}
