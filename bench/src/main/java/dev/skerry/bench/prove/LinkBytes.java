package dev.skerry.bench.prove;

import dev.skerry.bench.link.MirrorCopy;
import dev.skerry.local.mirror.Compression;
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

  /**
   * What a topic's batches take.
   *
   * @param contentBytesPerRecord its key, value and headers
   * @param bytesPerRecord its part of the compressed batch
   */
  record TopicBytes(
      long records,
      long compressed,
      long uncompressed,
      double share,
      double contentBytesPerRecord,
      double bytesPerRecord) {

    static TopicBytes of(MirrorCopy.Batches compressed, MirrorCopy.Batches uncompressed) {
      double records = Math.max(1, compressed.records());
      return new TopicBytes(
          compressed.records(),
          compressed.bytes(),
          uncompressed.bytes(),
          (double) compressed.bytes() / Math.max(1, uncompressed.bytes()),
          compressed.contentBytes() / records,
          compressed.bytes() / records);
    }
  }

  /**
   * What was measured.
   *
   * @param backlog what waited already, as after an outage: large batches
   * @param live what came meanwhile, as it came
   */
  record Result(
      String name,
      String edge,
      int seconds,
      Part backlog,
      Part live,
      double limitShare,
      boolean holds)
      implements Proof {}

  /**
   * One part of it.
   *
   * @param share the compressed share of the uncompressed bytes, everything included
   * @param batchShare the same of the batches alone
   * @param topics the batches of each topic
   */
  record Part(
      Wire compressed,
      Wire uncompressed,
      double share,
      double batchShare,
      Map<String, TopicBytes> topics) {

    static Part of(MirrorCopy.Progress compressed, MirrorCopy.Progress uncompressed) {
      Wire small = Wire.of(compressed);
      Wire large = Wire.of(uncompressed);
      Map<String, TopicBytes> topics = byTopic(compressed.topics(), uncompressed.topics());
      long bytes = topics.values().stream().mapToLong(TopicBytes::compressed).sum();
      long plainBytes = topics.values().stream().mapToLong(TopicBytes::uncompressed).sum();
      return new Part(
          small, large, small.shareOf(large), (double) bytes / Math.max(1, plainBytes), topics);
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
      boolean holds =
          live.compressed().records() > 0 && backlog.share() <= LIMIT && live.share() <= LIMIT;
      return new Result("link-bytes", edge, seconds, backlog, live, LIMIT, holds);
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

  private static Map<String, TopicBytes> byTopic(
      Map<String, MirrorCopy.Batches> compressed, Map<String, MirrorCopy.Batches> uncompressed) {
    Map<String, TopicBytes> topics = new TreeMap<>();
    compressed.forEach(
        (topic, small) -> {
          MirrorCopy.Batches large = uncompressed.get(topic);
          if (large != null && large.records() > 0) {
            topics.put(topic, TopicBytes.of(small, large));
          }
        });
    return topics;
  }
}
