package dev.skerry.bench.prove;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.traffic.GroupProgress;
import dev.skerry.bench.traffic.TelemetryFeed;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Answers millions of records and watches what the process holds. Its heap has one size and is
 * touched at the start, so that what grows is native memory: tensors and sessions, buffers,
 * threads.
 */
final class InferenceMemory {

  private static final long CHUNK = 100_000;
  private static final double LIMIT_MEBIBYTES = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path directory;
  private final long seed;
  private final long records;
  private final Consumer<String> console;

  /**
   * A proof with a broker of its own; see {@link KillInference}.
   *
   * @param records how many to answer, 1 and up; rounded up to whole chunks
   */
  InferenceMemory(Path directory, long seed, long records, Consumer<String> console) {
    this.directory = directory;
    this.seed = seed;
    this.records = records;
    this.console = console;
  }

  /**
   * What came of it.
   *
   * @param records answered
   * @param peakMebibytes the most that the process ever held
   * @param growthMebibytes from the mean of the second fifth of the records to the mean of the last
   * @param mebibytesPerMillionRecords the slope of a straight line through all but the first fifth
   * @param limitMebibytes how much growth counts as none
   * @param memory what the process held over time
   */
  record Result(
      String name,
      long seed,
      long records,
      double peakMebibytes,
      double growthMebibytes,
      double mebibytesPerMillionRecords,
      double limitMebibytes,
      boolean holds,
      List<MemorySample> memory)
      implements Proof {}

  Result run() throws InterruptedException {
    List<MemorySample> samples = new ArrayList<>();
    try (ProofSite site = ProofSite.start(directory, seed);
        TelemetryFeed feed =
            new TelemetryFeed(site.bootstrapServers(), site.pool(), Topics.TELEMETRY.name(), 10);
        ChildJvm processor = site.processor("0", MemorySample.FIXED_HEAP)) {
      GroupProgress progress = site.progress(processor);
      long peakBytes = 0;
      for (long done = 0; done < records; done += CHUNK) {
        feed.write(done, done + CHUNK);
        progress.await(done + CHUNK, PATIENCE);
        peakBytes = processor.memory().peakBytes();
        samples.add(MemorySample.of(done + CHUNK, processor.memory().bytes()));
        // Records that are answered and checked by other proofs would only fill the disk.
        site.topics().empty(Topics.TELEMETRY);
        site.topics().empty(Topics.DETECTIONS);
        console.accept(samples.get(samples.size() - 1).describe());
      }
      processor.terminate();
      MemoryTrend trend = MemoryTrend.of(samples);
      return new Result(
          "inference-memory",
          seed,
          samples.get(samples.size() - 1).at(),
          MemorySample.of(0, peakBytes).mebibytes(),
          trend.growthMebibytes(),
          trend.mebibytesPerMillionRecords(),
          LIMIT_MEBIBYTES,
          trend.growthMebibytes() <= LIMIT_MEBIBYTES,
          samples);
    }
  }
}
