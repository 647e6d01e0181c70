package dev.skerry.bench.prove;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.workload.ExpectedScores;
import dev.skerry.bench.workload.NetworkShape;
import dev.skerry.bench.workload.Workload;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.schemas.release.Expectation;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.ReleaseDraft;
import dev.skerry.schemas.release.ReleasePublisher;
import dev.skerry.schemas.release.Rollout;
import dev.skerry.schemas.release.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Releases one version after the other while telemetry flows, and reads what became of every
 * record: no record without an answer or with two, none answered by a version with another's
 * scores, no pause where versions change, no memory that stays behind.
 */
final class ModelSwaps {

  private static final double MEMORY_TOLERANCE = 0.05;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PROBE_MILLIS = 20;

  private final Path directory;
  private final long seed;
  private final int times;
  private final int recordsPerSecond;
  private final Consumer<String> console;

  /**
   * A proof with a broker of its own; see {@link KillInference}.
   *
   * @param times how many releases, 1 and up
   * @param recordsPerSecond how much telemetry flows meanwhile, 1 and up
   */
  ModelSwaps(Path directory, long seed, int times, int recordsPerSecond, Consumer<String> console) {
    this.directory = directory;
    this.seed = seed;
    this.times = times;
    this.recordsPerSecond = recordsPerSecond;
    this.console = console;
  }

  /**
   * What came of it.
   *
   * @param swaps releases that answered, one after the other
   * @param answers what became of the telemetry, and how long it took
   * @param memoryGrowth from the mean of the second fifth of the swaps to the mean of the last, as
   *     a share of the former
   */
  record Result(
      String name,
      long seed,
      int swaps,
      SwapCheck.Report answers,
      double memoryGrowth,
      double memoryTolerance,
      boolean holds,
      List<MemorySample> memory)
      implements Proof {}

  Result run() throws InterruptedException {
    SigningKey key = SigningKey.generate();
    key.write(directory.resolve("keys"), "release");
    NetworkShape shape = (NetworkShape) Workload.MLP.streams().get(0);
    List<MemorySample> memory = new ArrayList<>();
    try (ProofSite site = ProofSite.start(directory, seed);
        SteadyFeed feed = site.feed(recordsPerSecond);
        ChildJvm processor = site.processor("0", MemorySample.FIXED_HEAP, releases());
        KafkaProducer<byte[], byte[]> producer = producer(site)) {
      ReleasePublisher publisher = new ReleasePublisher(producer, key::sign);
      site.progress(processor).await(1, PATIENCE);
      for (int swap = 1; swap <= times; swap++) {
        String version = SwapCheck.version(swap);
        Path file = directory.resolve("release-" + version + ".onnx");
        publish(publisher, shape.write(version, seedOf(swap), file), swap);
        awaitStatus(site, processor, version);
        memory.add(MemorySample.of(swap, processor.memory().bytes()));
        console.accept("swap %d: %.1f MiB".formatted(swap, memory.get(swap - 1).mebibytes()));
      }
      long telemetry = feed.end();
      site.progress(processor).await(telemetry, PATIENCE);
      processor.terminate();
      SwapCheck.Report answers =
          SwapCheck.read(site.bootstrapServers(), telemetry, times, expected(site, shape));
      return result(answers, memory);
    }
  }

  /** Two networks take turns, so that a wrong version shows in the scores. */
  private long seedOf(int swap) {
    return seed + swap % 2;
  }

  private Map<String, String> releases() {
    return Map.of(
        "inference.releases.directory", directory.resolve("releases").toString(),
        "inference.releases.trusted-keys", directory.resolve("keys").toString());
  }

  private static KafkaProducer<byte[], byte[]> producer(ProofSite site) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", site.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void publish(ReleasePublisher publisher, Path file, int swap) {
    Manifest manifest =
        ReleaseDraft.of(file)
            .manifest(
                swap, List.of(), CanaryPolicy.DEFAULT.withDeviceShare(1), Expectation.DEFAULT);
    publisher.publish(
        manifest,
        file,
        new Rollout(manifest.model(), manifest.version(), swap, 100, List.of(), false, "a proof"));
  }

  private static void awaitStatus(ProofSite site, ChildJvm processor, String version)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (!SwapCheck.steps(site.bootstrapServers(), version).contains(ModelStep.PROMOTED)) {
      processor.requireAlive();
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException("The version " + version + " does not come to serve");
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
  }

  private List<ExpectedScores> expected(ProofSite site, NetworkShape shape) {
    List<ExpectedScores> expected = new ArrayList<>();
    for (int parity = 0; parity < 2; parity++) {
      Path file = directory.resolve("expected-" + parity + ".onnx");
      shape.write("expected", seedOf(parity), file);
      expected.add(ExpectedScores.of(site.pool(), Map.of(shape.stream(), file)));
    }
    return expected;
  }

  private Result result(SwapCheck.Report answers, List<MemorySample> memory) {
    MemoryTrend trend = MemoryTrend.of(memory);
    double last = memory.get(memory.size() - 1).mebibytes();
    double growth = trend.growthMebibytes() / Math.max(1, last - trend.growthMebibytes());
    return new Result(
        "swaps",
        seed,
        times,
        answers,
        growth,
        MEMORY_TOLERANCE,
        answers.holds() && Math.abs(growth) <= MEMORY_TOLERANCE,
        memory);
  }
}
