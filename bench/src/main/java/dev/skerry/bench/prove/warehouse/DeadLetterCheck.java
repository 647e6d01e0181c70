package dev.skerry.bench.prove.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.bench.prove.warehouse.AggregateFeed.Position;
import dev.skerry.local.topic.TopicReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Dead letters against the rubbish that was written. */
final class DeadLetterCheck {

  private static final String TOPIC = "warehouse-dead-letters";

  private DeadLetterCheck() {}

  /**
   * What was found.
   *
   * @param rubbish records that nobody can read
   * @param missing how many of these have no dead letter
   * @param good dead letters of records that are good
   * @param again dead letters that are there more than once, which may be after a kill
   */
  public record Found(long rubbish, long missing, long good, long again) {

    boolean addUp() {
      return rubbish > 0 && missing == 0 && good == 0;
    }
  }

  static Found compare(String bootstrapServers, Set<Position> rubbish) {
    Set<Position> letters = new HashSet<>();
    AtomicLong all = new AtomicLong();
    try (TopicReader reader = new TopicReader(bootstrapServers)) {
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(TOPIC))),
          letter -> {
            all.incrementAndGet();
            letters.add(source(letter));
          });
    }
    long missing = rubbish.stream().filter(position -> !letters.contains(position)).count();
    long good = letters.stream().filter(position -> !rubbish.contains(position)).count();
    return new Found(rubbish.size(), missing, good, all.get() - letters.size());
  }

  private static Position source(ConsumerRecord<byte[], byte[]> letter) {
    return new Position(
        Integer.parseInt(header(letter, "__connect.errors.partition")),
        Long.parseLong(header(letter, "__connect.errors.offset")));
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }
}
