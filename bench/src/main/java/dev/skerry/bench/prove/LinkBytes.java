package dev.skerry.bench.prove;

import dev.skerry.bench.link.MirrorCopy;
import dev.skerry.local.mirror.Compression;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What a site's traffic takes of its link, as it is mirrored and without compression: two more
 * mirrors of a site that runs, at the same time, each through a link that counts.
 */
final class LinkBytes {

  private static final double LIMIT = 0.40;
  private static final int LOOK_MILLIS = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path directory;
  private final String edge;
  private final int seconds;
  private final Consumer<String> console;

  /**
   * A measurement.
   *
   * @param edge bootstrap servers of a site that runs, such as that of {@code ./skerry up}
   * @param seconds how long it is measured, after both have caught up
   */
  LinkBytes(Path directory, String edge, int seconds, Consumer<String> console) {
    this.directory = directory;
    this.edge = edge;
    this.seconds = seconds;
    this.console = console;
  }

  /** Bytes on the wire both ways, everything included: records, offsets, requests for nothing. */
  record Wire(long records, long bytesOut, long bytesBack, double bytesPerRecord) {

    static Wire of(MirrorCopy.Progress progress) {
      long bytes = progress.bytesOut() + progress.bytesBack();
      return new Wire(
          progress.records(),
          progress.bytesOut(),
          progress.bytesBack(),
          (double) bytes / Math.max(1, progress.records()));
    }

    double shareOf(Wire other) {
      return (double) (bytesOut + bytesBack) / (other.bytesOut + other.bytesBack);
    }
  }

  /** What a topic's batches take. */
  record TopicBytes(long compressed, long uncompressed, double share) {}

  /**
   * What was measured.
   *
   * @param backlog what waited already, as after an outage: large batches
   * @param live what came meanwhile, as it came
   * @param topics batches of each topic alone, backlog and live together
   */
  record Result(
      String name,
      String edge,
      int seconds,
      Part backlog,
      Part live,
      Map<String, TopicBytes> topics,
      double limitShare,
      boolean holds)
      implements Proof {}

  /** One part of it, and the compressed share of the uncompressed bytes. */
  record Part(Wire compressed, Wire uncompressed, double share) {

    static Part of(MirrorCopy.Progress compressed, MirrorCopy.Progress uncompressed) {
      Wire small = Wire.of(compressed);
      Wire large = Wire.of(uncompressed);
      return new Part(small, large, small.shareOf(large));
    }
  }

  Result run() throws InterruptedException {
    try (MirrorCopy compressed = MirrorCopy.start(edge, Compression.ZSTD, directory);
        MirrorCopy uncompressed = MirrorCopy.start(edge, Compression.NONE, directory)) {
      awaitSame(compressed, uncompressed);
      MirrorCopy.Progress small = compressed.progress();
      MirrorCopy.Progress large = uncompressed.progress();
      Part backlog = Part.of(small, large);
      console.accept("caught up: " + backlog);
      TimeUnit.SECONDS.sleep(seconds);
      MirrorCopy.Progress smallEnd = compressed.progress();
      MirrorCopy.Progress largeEnd = uncompressed.progress();
      Part live = Part.of(smallEnd.since(small), largeEnd.since(large));
      Map<String, TopicBytes> topics = topics(smallEnd.bytesByTopic(), largeEnd.bytesByTopic());
      boolean holds =
          live.compressed().records() > 0 && backlog.share() <= LIMIT && live.share() <= LIMIT;
      return new Result("link-bytes", edge, seconds, backlog, live, topics, LIMIT, holds);
    }
  }

  /** Until both have the same for some looks in a row. */
  private static void awaitSame(MirrorCopy one, MirrorCopy other) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    for (int same = 0; same < 3; ) {
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException("Both mirrors do not catch up: does the site run?");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      long records = one.progress().records();
      same = records > 0 && records == other.progress().records() ? same + 1 : 0;
    }
  }

  private static Map<String, TopicBytes> topics(
      Map<String, Long> compressed, Map<String, Long> uncompressed) {
    Map<String, TopicBytes> topics = new TreeMap<>();
    for (Topic topic : Topics.mirroredFrom(Side.EDGE)) {
      long small = compressed.getOrDefault(topic.name(), 0L);
      long large = uncompressed.getOrDefault(topic.name(), 0L);
      if (large > 0) {
        topics.put(topic.name(), new TopicBytes(small, large, (double) small / large));
      }
    }
    return topics;
  }
}
