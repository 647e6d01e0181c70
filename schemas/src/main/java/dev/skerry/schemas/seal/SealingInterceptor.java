package dev.skerry.schemas.seal;

import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Seals what a site writes to topics that cross the link, in the site's own producers: the mirror
 * carries headers as they are. Keys and values are bytes already. Thread-safe.
 */
public final class SealingInterceptor implements ProducerInterceptor<byte[], byte[]> {

  /** The setting that names the file with the {@link SiteKey}. */
  public static final String KEY_FILE = "skerry.seal.key.file";

  private static final Set<String> TOPICS = topics();

  private SiteKey key = new SiteKey("", 0, new byte[KeyFile.SECRET_BYTES]);
  private ThreadLocal<Mac256> macs = ThreadLocal.withInitial(() -> new Mac256(key.secret()));

  /** Detections too: whether they cross is the site's to say, and may change. */
  private static Set<String> topics() {
    Set<String> topics =
        new HashSet<>(
            Topics.mirroredFrom(Side.EDGE).stream().map(Topic::name).collect(Collectors.toSet()));
    topics.add(Topics.DETECTIONS.name());
    return topics;
  }

  @Override
  public void configure(Map<String, ?> configs) {
    Object file = configs.get(KEY_FILE);
    if (file == null) {
      throw new ConfigException(KEY_FILE, null, "name the file with the site's key");
    }
    try {
      key = SiteKey.read(Path.of(file.toString()));
    } catch (InvalidKeyException e) {
      throw new ConfigException(KEY_FILE, file, e.getMessage());
    }
    macs = ThreadLocal.withInitial(() -> new Mac256(key.secret()));
  }

  @Override
  public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
    if (TOPICS.contains(record.topic())) {
      Headers headers = record.headers();
      headers.remove(Seal.HEADER); // What another site sealed is not ours to pass on as such.
      Seal seal = new Seal(key.id(), macs.get().of(record.topic(), record.key(), record.value()));
      headers.add(Seal.HEADER, seal.toBytes());
    }
    return record;
  }

  @Override
  public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {}

  @Override
  public void close() {}
}
