package dev.skerry.ingest.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What the intake counts. Thread-safe. */
final class IntakeMetrics {

  private final Map<Via, Counter> stored;
  private final Map<Via, Counter> duplicates;
  private final Map<RefusalReason, Counter> refused;
  private final Map<RefusalReason, Counter> tolerated;
  private final Counter busy;
  private final Counter failed;
  private final Counter unsequenced;
  private final Counter reused;
  private final Counter late;
  private final Timer acknowledgement;

  IntakeMetrics(MeterRegistry registry) {
    stored = byVia(registry, "skerry.ingest.stored", "Messages that Kafka acknowledged");
    duplicates =
        byVia(
            registry,
            "skerry.ingest.duplicates",
            "Messages that were recognised and not written again");
    refused = byReason(registry, "skerry.ingest.refused", "Messages that were refused");
    tolerated =
        byReason(
            registry, "skerry.ingest.tolerated", "Messages against a rule that is not enforced");
    busy = counter(registry, "skerry.ingest.busy", "Messages for which there was no room");
    failed = counter(registry, "skerry.ingest.failed", "Messages that Kafka's client gave up");
    unsequenced =
        counter(
            registry,
            "skerry.ingest.unsequenced",
            "Messages without a sequence, whose resends are not recognised");
    reused =
        counter(
            registry,
            "skerry.ingest.sequence.reused",
            "Messages with the sequence of another message, taken as new");
    late =
        counter(
            registry,
            "skerry.ingest.sequence.late",
            "Messages behind their device's last sequence and not in the window, taken as new");
    acknowledgement =
        Timer.builder("skerry.ingest.acknowledgement")
            .description("From a message's arrival to Kafka's acknowledgement")
            .serviceLevelObjectives(
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10))
            .register(registry);
  }

  private static Map<Via, Counter> byVia(MeterRegistry registry, String name, String description) {
    Map<Via, Counter> counters = new EnumMap<>(Via.class);
    for (Via via : Via.values()) {
      counters.put(
          via,
          Counter.builder(name).description(description).tag("via", via.word()).register(registry));
    }
    return counters;
  }

  private static Map<RefusalReason, Counter> byReason(
      MeterRegistry registry, String name, String description) {
    Map<RefusalReason, Counter> counters = new EnumMap<>(RefusalReason.class);
    for (RefusalReason reason : RefusalReason.values()) {
      counters.put(
          reason,
          Counter.builder(name)
              .description(description)
              .tag("reason", reason.word())
              .register(registry));
    }
    return counters;
  }

  /** Every key has its counter from the beginning. */
  private static <K> void count(Map<K, Counter> counters, K key) {
    Objects.requireNonNull(counters.get(key)).increment();
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  /** Shows what is held. */
  void watch(MeterRegistry registry, Room pending, Shards shards) {
    Gauge.builder("skerry.ingest.pending.bytes", pending, Room::taken)
        .description("Bytes of messages that wait for Kafka")
        .register(registry);
    Gauge.builder("skerry.ingest.window.identities", shards, Shards::size)
        .description("Messages whose resends would be recognised")
        .register(registry);
    FunctionCounter.builder("skerry.ingest.window.evicted", shards, Shards::evicted)
        .description("Messages whose resends are not recognised any more, for want of space")
        .register(registry);
  }

  void stored(Via via, long nanos) {
    count(stored, via);
    acknowledgement.record(Duration.ofNanos(nanos));
  }

  void duplicate(Via via) {
    count(duplicates, via);
  }

  void refused(RefusalReason reason) {
    count(refused, reason);
  }

  void tolerated(RefusalReason reason) {
    count(tolerated, reason);
  }

  void busy() {
    busy.increment();
  }

  void failed() {
    failed.increment();
  }

  void unsequenced() {
    unsequenced.increment();
  }

  void sequenceReused() {
    reused.increment();
  }

  void sequenceLate() {
    late.increment();
  }
}
