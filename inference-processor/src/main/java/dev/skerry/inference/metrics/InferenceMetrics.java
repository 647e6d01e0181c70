package dev.skerry.inference.metrics;

import static java.util.Objects.requireNonNull;

import dev.skerry.inference.batch.UnservedStreams;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.DeadLetterReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the workers of a process count and time, all in the same meters. Thread-safe. */
public final class InferenceMetrics {

  private final Map<ServedModel, ModelMeters> byModel = new ConcurrentHashMap<>();
  private final Map<DeadLetterReason, Counter> deadLetters = new EnumMap<>(DeadLetterReason.class);
  private final Map<String, Counter> ignored = new HashMap<>();
  private final MeterRegistry registry;
  private final Timer queue;
  private final Timer decode;
  private final Timer encode;
  private final Timer commit;
  private final Counter aborts;
  private final Counter jumps;
  private final Counter lost;
  private final Counter misdeclaredFrames;
  private final Counter misplacedKeys;
  private final Counter overflow;
  private final AtomicInteger parkedPartitions = new AtomicInteger();

  private record ModelMeters(
      Gauge provider,
      Counter records,
      DistributionSummary batchSize,
      DistributionSummary fill,
      Timer compute) {

    List<Meter> all() {
      return List.of(provider, records, batchSize, fill, compute);
    }
  }

  /** Meters for these models in a registry. */
  public InferenceMetrics(MeterRegistry registry, List<ServedModel> models) {
    this.registry = registry;
    models.forEach(this::serve);
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      deadLetters.put(
          reason,
          Counter.builder("skerry.inference.dead.letters")
              .description("Records answered with a dead letter")
              .tag("reason", reason.name())
              .register(registry));
    }
    queue =
        timer(
            registry,
            "queue",
            "From append to poll, of the oldest record of each partition of a poll");
    decode = timer(registry, "decode", "From bytes to the model's input, a slice of a round");
    encode = timer(registry, "encode", "From scores to sent answers, a slice of a round");
    commit = timer(registry, "commit", "The commit of a round");
    aborts = counter(registry, "aborts", "Rounds that were rolled back and done again");
    jumps = counter(registry, "position.jumps", "Partitions whose next record was gone");
    lost =
        counter(registry, "overtaken.records", "Records that retention took before their answer");
    misdeclaredFrames =
        counter(
            registry,
            "frames.misdeclared",
            "Frames whose records said another size than their images have");
    misplacedKeys =
        counter(
            registry,
            "misplaced.keys",
            "Records, of those looked at, in another partition than Java's client hashes them to");
    overflow = counter(registry, "overflow.records", "Records that were left to the cloud");
    Gauge.builder("skerry.inference.parked.partitions", parkedPartitions, AtomicInteger::get)
        .description("Partitions that wait for a record which cannot be read here yet")
        .register(registry);
  }

  /** Adds the meters of a model, before it is run. */
  public void serve(ServedModel model) {
    Tags tags =
        Tags.of(
            "model", model.contract().name(),
            "version", model.contract().version(),
            "provider", model.provider().word());
    byModel.put(
        model,
        new ModelMeters(
            Gauge.builder("skerry.inference.provider", () -> 1)
                .description("1 for what runs the model")
                .tags(tags)
                .register(registry),
            Counter.builder("skerry.inference.records")
                .description("Records answered with a detection")
                .tags(tags)
                .register(registry),
            DistributionSummary.builder("skerry.inference.batch.size")
                .description("Records that the model scored together")
                .tags(tags)
                .register(registry),
            DistributionSummary.builder("skerry.inference.batch.fill.ratio")
                .description("Those records as a share of the most that fit, 0 to 1")
                .tags(tags)
                .register(registry),
            Timer.builder("skerry.inference.compute")
                .description("The model's run of a batch")
                .tags(tags)
                .register(registry)));
  }

  /** Removes the meters of a model that no worker runs any more. */
  public void leave(ServedModel model) {
    ModelMeters meters = byModel.remove(model);
    if (meters != null) {
      // The same version may have come back meanwhile, with the same meters.
      boolean isStillThere = byModel.values().stream().anyMatch(each -> each.equals(meters));
      if (!isStillThere) {
        meters.all().forEach(registry::remove);
      }
    }
  }

  /** The oldest record of a partition came out of the log. */
  public void queued(long appendedAtMillis, long polledAtMillis) {
    queue.record(Math.max(0, polledAtMillis - appendedAtMillis), TimeUnit.MILLISECONDS);
  }

  /** A record that was looked at is in the wrong partition. */
  public void misplacedKey() {
    misplacedKeys.increment();
  }

  /** A slice was decoded, and after it was scored its answers were handed to the producer. */
  public void answered(long decodeNanos, long encodeNanos) {
    decode.record(decodeNanos, TimeUnit.NANOSECONDS);
    encode.record(encodeNanos, TimeUnit.NANOSECONDS);
  }

  /** A round was committed: what was answered in it counts from now on. */
  public void committed(Tally tally, long commitNanos) {
    commit.record(commitNanos, TimeUnit.NANOSECONDS);
    misdeclaredFrames.increment((double) tally.misdeclaredFrames());
    overflow.increment((double) tally.diverted());
    tally.batches(this::count);
    tally.ignored((stream, records) -> ignored(stream).increment(records));
    tally.deadLetters(
        (reason, records) -> requireNonNull(deadLetters.get(reason)).increment(records));
  }

  /** A stream's name is chosen by whoever writes telemetry, so only the first few have a meter. */
  private synchronized Counter ignored(String stream) {
    int most = UnservedStreams.MAX_NAMED + (ignored.containsKey(UnservedStreams.OTHER) ? 1 : 0);
    boolean hasMeter = ignored.containsKey(stream) || ignored.size() < most;
    String named = hasMeter ? stream : UnservedStreams.OTHER;
    return ignored.computeIfAbsent(
        named,
        name ->
            Counter.builder("skerry.inference.ignored")
                .description("Records of streams without a model that are ignored as configured")
                .tag("stream", name)
                .register(registry));
  }

  private void count(Tally.Batch batch) {
    ModelMeters meters = requireNonNull(byModel.get(batch.model()));
    meters.records().increment(batch.detections());
    meters.batchSize().record(batch.size());
    meters.fill().record((double) batch.size() / batch.capacity());
    meters.compute().record(batch.computeNanos(), TimeUnit.NANOSECONDS);
  }

  /** Partitions began to wait for a record that cannot be read yet, or fewer do. */
  public void parked(int partitions) {
    parkedPartitions.addAndGet(partitions);
  }

  /** A round was rolled back and will be polled again. */
  public void aborted() {
    aborts.increment();
  }

  /** A partition's next record was gone, and the worker went on elsewhere. */
  public void jumped(long lostRecords) {
    jumps.increment();
    lost.increment((double) lostRecords);
  }

  private static Timer timer(MeterRegistry registry, String name, String description) {
    return Timer.builder("skerry.inference." + name).description(description).register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("skerry.inference." + name).description(description).register(registry);
  }
}
