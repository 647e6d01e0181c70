package dev.skerry.bench.prove;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Cuts the link while the parts of a release cross it, every second time with a power failure of
 * the site in between: what has come in part never serves, the rest comes when the link is back,
 * and telemetry is answered throughout.
 */
final class ReleaseCut {

  private static final int RELEASE_BYTES = 9_000_000;
  private static final int LEAST_CHUNKS = 6;
  private static final int MOST_CHUNKS = 12;
  private static final double RECORDS_PER_SECOND = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration WATCHED = Duration.ofSeconds(3);
  private static final int PROBE_MILLIS = 100;

  private final Path directory;
  private final int times;
  private final Consumer<String> console;
  private final long seed;
  private final Random random;
  private final NetworkShape shape = (NetworkShape) Workload.MLP.streams().get(0);

  /**
   * A proof with a site and a cloud of its own.
   *
   * @param times how many releases, 1 and up
   */
  ReleaseCut(Path directory, long seed, int times, Consumer<String> console) {
    this.directory = directory;
    this.seed = seed;
    this.times = times;
    this.console = console;
    this.random = new Random(seed);
  }

  /**
   * One release.
   *
   * @param chunks of the release
   * @param chunksThere how many of them had come when the link was cut
   * @param restarted whether the site lost its power while the link was cut
   * @param stepsWhileCut what the site said of the release meanwhile; it must say nothing
   * @param answersWhileCut telemetry that was answered meanwhile
   * @param missingBytes of the file when the link came back
   * @param bytesThen that crossed the link from then on until the release served
   * @param secondsToServe from the link's return until the release answered all devices
   */
  record Cut(
      String version,
      int chunks,
      int chunksThere,
      boolean restarted,
      long stepsWhileCut,
      long answersWhileCut,
      long missingBytes,
      long bytesThen,
      double secondsToServe) {

    boolean holds(long fileBytes) {
      return chunksThere > 0
          && chunksThere < chunks
          && stepsWhileCut == 0
          && answersWhileCut > 0
          && bytesThen < fileBytes;
    }
  }

  /**
   * What came of it.
   *
   * @param fileBytes of each release
   * @param answers what became of the telemetry
   */
  record Result(
      String name,
      long seed,
      int releases,
      int restarts,
      long fileBytes,
      List<Cut> cuts,
      SwapCheck.Report answers,
      boolean holds)
      implements Proof {}

  Result run() throws InterruptedException {
    SigningKey key = SigningKey.generate();
    try (CutSite site = CutSite.start(directory, seed, key);
        SteadyFeed feed = site.site().feed(RECORDS_PER_SECOND);
        KafkaProducer<byte[], byte[]> producer = producer(site.cloud())) {
      ReleasePublisher publisher = new ReleasePublisher(producer, key::sign);
      site.awaitAnswered(1, PATIENCE);
      List<Cut> cuts = new ArrayList<>();
      for (int release = 1; release <= times; release++) {
        cuts.add(cut(site, publisher, release));
        console.accept(cuts.get(release - 1).toString());
      }
      long telemetry = feed.end();
      site.awaitAnswered(telemetry, PATIENCE);
      site.terminateProcessor();
      return result(cuts, SwapCheck.read(site.edge(), telemetry, times, expected(site.site())));
    }
  }

  private Cut cut(CutSite site, ReleasePublisher publisher, int release)
      throws InterruptedException {
    Manifest manifest = manifest(release);
    int wanted = LEAST_CHUNKS + random.nextInt(MOST_CHUNKS - LEAST_CHUNKS + 1);
    site.makeLinkThin();
    try (ReleaseParts parts = ReleaseParts.follow(site.edge(), manifest)) {
      publisher.publish(manifest, file(release), rollout(manifest));
      await(site, "Chunks of " + manifest.release() + " do not come", () -> parts.look() >= wanted);
    }
    site.cutLink();
    boolean restarted = release % 2 == 0;
    if (restarted) {
      site.restart();
    }
    BitSet there = settled(site, manifest);
    long before = site.answered();
    TimeUnit.MILLISECONDS.sleep(WATCHED.toMillis());
    site.requireAlive();
    await(site, "Telemetry is not answered while the link is cut", () -> hasMore(site, before));
    long said = SwapCheck.steps(site.edge(), manifest.version()).size();
    long answers = site.answered() - before;
    long bytesBefore = site.bytesFromTheCloud();
    long startNanos = System.nanoTime();
    site.openLink();
    await(
        site,
        manifest.release() + " does not come to serve",
        () -> SwapCheck.steps(site.edge(), manifest.version()).contains(ModelStep.PROMOTED));
    return new Cut(
        manifest.version(),
        manifest.chunks(),
        there.cardinality(),
        restarted,
        said,
        answers,
        ReleaseParts.missingBytes(there, manifest),
        site.bytesFromTheCloud() - bytesBefore,
        (System.nanoTime() - startNanos) / 1e9);
  }

  /** What the mirror had in hand at the cut still arrives. */
  private static BitSet settled(CutSite site, Manifest manifest) throws InterruptedException {
    BitSet before = ReleaseParts.at(site.edge(), manifest);
    while (true) {
      TimeUnit.MILLISECONDS.sleep(WATCHED.toMillis());
      BitSet now = ReleaseParts.at(site.edge(), manifest);
      if (now.equals(before)) {
        return now;
      }
      before = now;
    }
  }

  private static boolean hasMore(CutSite site, long answered) {
    try {
      return site.answered() > answered;
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void await(CutSite site, String otherwise, BooleanSupplier condition)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      site.requireAlive();
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException(otherwise);
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
  }

  /** Apart from the models that the site is set up with, which are read at each start. */
  private Path published() {
    try {
      return Files.createDirectories(directory.resolve("published"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(int release) {
    return published().resolve("release-" + SwapCheck.version(release) + ".onnx");
  }

  /** Two networks take turns, so that a wrong version shows in the scores. */
  private Manifest manifest(int release) {
    Path file = shape.write(SwapCheck.version(release), seed + release % 2, file(release));
    pad(file);
    return ReleaseDraft.of(file)
        .manifest(release, List.of(), CanaryPolicy.DEFAULT.withDeviceShare(1), Expectation.DEFAULT);
  }

  /** A note in the file that says nothing, and cannot be compressed to less. */
  private void pad(Path file) {
    byte[] noise = new byte[RELEASE_BYTES * 3 / 4];
    random.nextBytes(noise);
    try {
      ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
      model.addMetadataProps(
          StringStringEntryProto.newBuilder()
              .setKey("padding")
              .setValue(Base64.getEncoder().encodeToString(noise)));
      Files.write(file, model.build().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Rollout rollout(Manifest manifest) {
    return new Rollout(
        manifest.model(),
        manifest.version(),
        manifest.issuedAtMillis(),
        100,
        List.of(),
        false,
        "a proof");
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrapServers),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private List<ExpectedScores> expected(ProofSite site) {
    List<ExpectedScores> expected = new ArrayList<>();
    for (int parity = 0; parity < 2; parity++) {
      Path file = published().resolve("expected-" + parity + ".onnx");
      shape.write("expected", seed + parity, file);
      expected.add(ExpectedScores.of(site.pool(), Map.of(shape.stream(), file)));
    }
    return expected;
  }

  private Result result(List<Cut> cuts, SwapCheck.Report answers) {
    long fileBytes = ReleaseDraft.of(file(1)).header().sizeBytes();
    boolean allHold = cuts.stream().allMatch(cut -> cut.holds(fileBytes));
    return new Result(
        "release-cut",
        seed,
        times,
        (int) cuts.stream().filter(Cut::restarted).count(),
        fileBytes,
        cuts,
        answers,
        allHold && answers.isComplete() && answers.versions() == times + 1);
  }
}
