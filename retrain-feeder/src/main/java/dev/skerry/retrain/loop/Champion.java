package dev.skerry.retrain.loop;

import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.OnnxFile;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.release.ReleaseRecord;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the model that the sites serve: the one that they were set up with, or a release that
 * they promoted, fetched from the topic and kept. Not thread-safe.
 */
final class Champion {

  private static final Logger log = LoggerFactory.getLogger(Champion.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Path first;
  private final Path directory;
  private final Supplier<Consumer<byte[], byte[]>> readers;
  private final ModelContract contract;

  /**
   * The champion of a model.
   *
   * @param first what the sites were set up with
   * @param directory where releases are kept
   * @param readers makes a consumer that this closes
   */
  Champion(Path first, Path directory, Supplier<Consumer<byte[], byte[]>> readers) {
    this.first = first;
    this.directory = directory;
    this.readers = readers;
    this.contract = OnnxFile.read(first).contract();
  }

  /** The model's name. */
  String model() {
    return contract.name();
  }

  /** The stream that it answers. */
  String stream() {
    return contract.stream();
  }

  /** What the sites were set up with. */
  LoopState.Model first() {
    return new LoopState.Model(contract.name(), contract.version(), contract.labels());
  }

  /** What most of them serve now, as far as it is known what that is. */
  LoopState.Model served(CloudNews news) {
    return news.championVersion(model())
        .filter(version -> !version.equals(contract.version()))
        .flatMap(version -> news.release(new ReleaseId(model(), version)))
        .map(
            release ->
                new LoopState.Model(
                    model(), release.manifest().version(), release.manifest().contract().labels()))
        .orElseGet(this::first);
  }

  /** Whether it takes frames. */
  boolean isOfFrames() {
    return contract.input() instanceof FrameInput;
  }

  /** The file that is served now. */
  Path file(CloudNews news) throws IOException {
    Optional<String> version = news.championVersion(model());
    if (version.isEmpty() || version.get().equals(contract.version())) {
      return first;
    }
    Optional<Release> release = news.release(new ReleaseId(model(), version.get()));
    if (release.isEmpty() || !release.get().isWhole()) {
      log.warn(
          "Sites serve {} {}, of which there is no whole release; the first model stands in",
          model(),
          version.get());
      return first;
    }
    return fetched(release.get().manifest());
  }

  private Path fetched(Manifest manifest) throws IOException {
    Path file = directory.resolve(manifest.sha256() + ".onnx");
    if (!Files.exists(file)) {
      Files.createDirectories(directory);
      Path part = directory.resolve(manifest.sha256() + ".part");
      try (FileChannel out =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        fetch(manifest, out);
      }
      if (!OnnxFile.read(part).sha256().equals(manifest.sha256())) {
        throw new IOException("The release " + manifest.release() + " is not as its manifest says");
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }

  private void fetch(Manifest manifest, FileChannel out) throws IOException {
    ReleaseRecord.Reader reader = new ReleaseRecord.Reader();
    TopicPartition partition = new TopicPartition(Topics.MODELS.name(), 0);
    try (Consumer<byte[], byte[]> consumer = readers.get()) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (reader.read(record.key(), record.value()) instanceof ReleaseRecord.Chunk chunk
              && chunk.release().equals(manifest.release())) {
            write(chunk.data().duplicate(), manifest.offset(chunk.number()), out);
          }
        }
      }
    }
  }

  private static void write(ByteBuffer data, long position, FileChannel out) throws IOException {
    long at = position;
    while (data.hasRemaining()) {
      at += out.write(data, at);
    }
  }
}
