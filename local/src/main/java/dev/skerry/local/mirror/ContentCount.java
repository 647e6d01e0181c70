package dev.skerry.local.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a flow's writer is given, by topic and before it is compressed: Kafka's clients
 * themselves know no more than the compressed size. Kafka makes one for each writer, and shows its
 * metrics among the writer's own. Thread-safe.
 */
public final class ContentCount implements ProducerInterceptor<byte[], byte[]>, Monitorable {

  /** Its metrics, for each topic. */
  static final String RECORDS = "content-record-total";

  /** Bytes of keys, values and headers. */
  static final String BYTES = "content-byte-total";

  private final Map<String, Content> topics = new ConcurrentHashMap<>();
  private @Nullable PluginMetrics metrics;

  private record Content(LongAdder records, LongAdder bytes) {}

  @Override
  public void withPluginMetrics(PluginMetrics writersMetrics) {
    metrics = writersMetrics;
  }

  @Override
  public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> sent) {
    Content content = topics.computeIfAbsent(sent.topic(), this::shown);
    content.records().increment();
    content.bytes().add(size(sent));
    return sent;
  }

  private Content shown(String topic) {
    Content content = new Content(new LongAdder(), new LongAdder());
    show(RECORDS, "Records that were given to the writer", topic, content.records());
    show(BYTES, "Bytes of their keys, values and headers", topic, content.bytes());
    return content;
  }

  private void show(String name, String description, String topic, LongAdder total) {
    if (metrics != null) {
      metrics.addMetric(
          metrics.metricName(name, description, new LinkedHashMap<>(Map.of("topic", topic))),
          (Gauge<Double>) (config, now) -> total.doubleValue());
    }
  }

  private static long size(ProducerRecord<byte[], byte[]> sent) {
    long size = length(sent.key()) + length(sent.value());
    for (Header header : sent.headers()) {
      size += header.key().getBytes(UTF_8).length + length(header.value());
    }
    return size;
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  @Override
  public void configure(Map<String, ?> settings) {
    // It counts whatever comes.
  }

  @Override
  public void close() {
    // The writer takes its metrics back.
  }
}
