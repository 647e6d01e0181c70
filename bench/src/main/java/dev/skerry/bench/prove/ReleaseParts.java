package dev.skerry.bench.prove;

import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.ReleaseRecord;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What of a release has come to a broker, as an independent reader finds it. Not thread-safe. */
final class ReleaseParts implements AutoCloseable {

  private static final Duration GLANCE = Duration.ofMillis(100);
  private static final List<String> MODELS = List.of(Topics.MODELS.name());

  private final Manifest manifest;
  private final TopicReader reader;
  private final ReleaseRecord.Reader records = new ReleaseRecord.Reader();
  private final BitSet chunks = new BitSet();

  private ReleaseParts(String bootstrapServers, Manifest manifest) {
    this.manifest = manifest;
    this.reader = new TopicReader(bootstrapServers);
  }

  /** Follows what comes of a release that is not published yet; the caller closes it. */
  static ReleaseParts follow(String bootstrapServers, Manifest manifest) {
    ReleaseParts parts = new ReleaseParts(bootstrapServers, manifest);
    parts.reader.startAt(parts.reader.ends(parts.reader.partitions(MODELS)));
    return parts;
  }

  /** How many chunks have come, after another look. */
  int look() {
    reader.poll(GLANCE, this::see);
    return chunks.cardinality();
  }

  /** The chunks, from 1 on, that can be read at a broker. */
  static BitSet at(String bootstrapServers, Manifest manifest) {
    try (ReleaseParts parts = new ReleaseParts(bootstrapServers, manifest)) {
      parts.reader.readToEnd(parts.reader.beginnings(parts.reader.partitions(MODELS)), parts::see);
      return parts.chunks;
    }
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    if (records.read(record.key(), record.value()) instanceof ReleaseRecord.Chunk chunk
        && chunk.release().equals(manifest.release())) {
      chunks.set(chunk.number());
    }
  }

  /** How many bytes of the file those chunks that are not there have. */
  static long missingBytes(BitSet chunks, Manifest manifest) {
    long bytes = 0;
    for (int chunk = 1; chunk <= manifest.chunks(); chunk++) {
      bytes += chunks.get(chunk) ? 0 : manifest.length(chunk);
    }
    return bytes;
  }

  @Override
  public void close() {
    reader.close();
  }
}
