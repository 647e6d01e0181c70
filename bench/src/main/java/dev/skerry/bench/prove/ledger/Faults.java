package dev.skerry.bench.prove.ledger;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.schemas.topic.Side;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes a mirror lose and double records as it can happen: retention overtakes it while it is
 * stopped, and a record is written to the cloud a second time. Each fault has a minute of its own.
 * Owns the mirror's process. Not thread-safe.
 */
final class Faults implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int PROBE_MILLIS = 200;

  /** What begins later in a minute might end in the next one. */
  private static final int LATEST_SECOND = 40;

  private final LinkedSite site;
  private final OverflowFeed feed;
  private final Consumer<String> console;
  private final List<Written> lost = new ArrayList<>();
  private ChildJvm mirror;
  private Instant lastMinute;

  /** Starts the mirror. The minute in which it starts has no fault. */
  Faults(LinkedSite site, OverflowFeed feed, Consumer<String> console) {
    this.site = site;
    this.feed = feed;
    this.console = console;
    this.mirror = site.mirror();
    this.lastMinute = thisMinute();
  }

  /** One record never reaches the cloud; returns its minute. */
  Instant lose() throws InterruptedException {
    Written record = loseOne();
    awaitDeleted(record);
    return record.minute();
  }

  /** One record reaches the cloud twice; returns its minute. */
  Instant doubleOne() throws InterruptedException {
    awaitFreshMinute();
    Written record = firstFrom(feed.written().size());
    writeAgain(record);
    return record.minute();
  }

  /** Both with two records of one minute; returns that minute. */
  Instant loseAndDouble() throws InterruptedException {
    Written record = loseOne();
    Written other = firstFrom((int) record.sequence() + 1);
    if (!other.minute().equals(record.minute())) {
      throw new IllegalStateException(other + " is not of the minute of " + record);
    }
    awaitDeleted(record);
    writeAgain(other);
    return record.minute();
  }

  /** The first record that the stopped mirror has not read, in a minute that has no fault yet. */
  private Written loseOne() throws InterruptedException {
    feed.pause();
    int before = feed.written().size();
    await("the mirror to have brought everything", this::isAllThere);
    mirror.terminate();
    awaitFreshMinute();
    feed.resume();
    Written record = firstFrom(before);
    lost.add(record);
    return record;
  }

  /** Deletes it once the site's ledger has counted it, and lets the mirror go on behind it. */
  private void awaitDeleted(Written record) throws InterruptedException {
    await("the site's ledger to count the record", () -> isCounted(record));
    try {
      site.admin(Side.EDGE)
          .deleteRecords(
              Map.of(record.partition(), RecordsToDelete.beforeOffset(record.offset() + 1)))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new KafkaException("The broker does not delete records", e);
    }
    mirror = site.mirror();
    console.accept("lost at %s: %s".formatted(record.appended(), record.partition()));
  }

  private void writeAgain(Written record) throws InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", site.bootstrapServers(Side.CLOUD)),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  record.partition().topic(),
                  record.partition().partition(),
                  record.appended().toEpochMilli(),
                  record.sent().key(),
                  record.sent().value()))
          .get();
    } catch (ExecutionException e) {
      throw new KafkaException("The record could not be written a second time", e);
    }
    console.accept("doubled at %s: %s".formatted(record.appended(), record.partition()));
  }

  private boolean isAllThere() {
    mirror.requireAlive();
    long missing = Arrived.read(site.bootstrapServers(Side.CLOUD)).missing(feed.written());
    return missing == lost.size();
  }

  private boolean isCounted(Written record) throws InterruptedException {
    return site.counted(Side.EDGE, OverflowFeed.TOPIC).getOrDefault(record.partition(), 0L)
        > record.offset();
  }

  /** The record with a sequence, once it is written. */
  private Written firstFrom(int sequence) throws InterruptedException {
    await("more records", () -> feed.written().size() > sequence);
    return feed.written().get(sequence);
  }

  private void awaitFreshMinute() throws InterruptedException {
    await(
        "another minute",
        () ->
            thisMinute().isAfter(lastMinute)
                && Instant.now().atOffset(ZoneOffset.UTC).getSecond() <= LATEST_SECOND);
    lastMinute = thisMinute();
  }

  private static Instant thisMinute() {
    return Instant.now().truncatedTo(ChronoUnit.MINUTES);
  }

  /** What is waited for. */
  @FunctionalInterface
  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  private void await(String what, Condition condition) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      feed.requireFlowing();
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException("Waited in vain for " + what);
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
  }

  @Override
  public void close() {
    mirror.close();
  }
}
