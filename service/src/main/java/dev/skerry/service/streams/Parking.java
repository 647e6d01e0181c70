package dev.skerry.service.streams;

import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topic;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions wait because their next record has a schema that is not known yet: a newer
 * release wrote it, or the registry that knows it is away. Such a record is neither skipped nor
 * given up nor committed past; its partition stands still, the others go on, and it goes on by
 * itself once the schema is known. Thread-safe, for all stream threads of a process.
 */
public final class Parking {

  private static final Logger log = LoggerFactory.getLogger(Parking.class);

  /** Without a poll for so long, waiting is no excuse. */
  private static final Duration POLLED_WITHIN = ProgressLog.STALLED_AFTER;

  private final WriterSchemas schemas;
  private final Set<String> topics;
  private final LongSupplier nanoClock;
  private final Map<TopicPartition, Long> offsets = new ConcurrentHashMap<>();
  private final LongAdder parked = new LongAdder();
  private volatile long polledAtNanos;

  private Parking(WriterSchemas schemas, Set<String> topics, LongSupplier nanoClock) {
    this.schemas = schemas;
    this.topics = topics;
    this.nanoClock = nanoClock;
    this.polledAtNanos = nanoClock.getAsLong();
  }

  /** For what is read from these topics; others are left alone. */
  public static Parking of(WriterSchemas schemas, Topic... topics) {
    return of(schemas, System::nanoTime, topics);
  }

  static Parking of(WriterSchemas schemas, LongSupplier nanoClock, Topic... topics) {
    Set<String> names = Stream.of(topics).map(Topic::name).collect(Collectors.toUnmodifiableSet());
    return new Parking(schemas, names, nanoClock);
  }

  void bindTo(MeterRegistry metrics, String application) {
    Gauge.builder("skerry.parked.partitions", offsets, Map::size)
        .description("Partitions that wait for a schema that is not known yet")
        .tag("application", application)
        .register(metrics);
    FunctionCounter.builder("skerry.parked.records", parked, LongAdder::sum)
        .description("Records that had to wait for their schema")
        .tag("application", application)
        .register(metrics);
  }

  boolean reads(String topic) {
    return topics.contains(topic);
  }

  long nanoTime() {
    return nanoClock.getAsLong();
  }

  void polled() {
    polledAtNanos = nanoTime();
  }

  /** Whether a partition waits, and its reader does not hang. */
  boolean isWaiting() {
    return !offsets.isEmpty() && nanoTime() - polledAtNanos < POLLED_WITHIN.toNanos();
  }

  /** Why a value cannot be read yet; empty where it can, or never will. */
  Optional<String> unreadable(byte @Nullable [] value) {
    return value != null && WireFormat.isFramed(value)
        ? unknown(WireFormat.schemaId(value))
        : Optional.empty();
  }

  Optional<String> unknown(int schemaId) {
    return schemas.schema(schemaId) instanceof WriterSchemas.NotYetKnown unknown
        ? Optional.of(unknown.detail())
        : Optional.empty();
  }

  void waits(TopicPartition partition, long offset, String why) {
    Long before = offsets.put(partition, offset);
    if (before == null || before != offset) {
      parked.increment();
      log.warn("{} waits at offset {}: {}", partition, offset, why);
    }
  }

  void goesOn(TopicPartition partition) {
    log.info("{} goes on at offset {}", partition, offsets.remove(partition));
  }

  /** Another reader has it now. */
  void leaves(TopicPartition partition) {
    offsets.remove(partition);
  }
}
