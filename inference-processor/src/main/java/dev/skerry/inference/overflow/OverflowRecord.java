package dev.skerry.inference.overflow;

import dev.skerry.inference.decode.TelemetryView;
import dev.skerry.schemas.SourceHeader;
import dev.skerry.schemas.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Telemetry on its way to the cloud: as it came, in the current schema, and where it stood. */
public final class OverflowRecord {

  /** What a batch of one record and the header with its place take at most besides. */
  private static final int MARGIN_BYTES = 1 << 10;

  private OverflowRecord() {}

  /** Whether the topic takes it; a record near the limit is answered here. */
  static boolean fits(ConsumerRecord<byte[], ?> source, TelemetryView view) {
    long size = view.recordLength();
    size += source.key() == null ? 0 : source.key().length;
    for (Header header : source.headers()) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size + MARGIN_BYTES <= Topics.TELEMETRY_OVERFLOW.maxMessageBytes();
  }

  /** The record that answers {@code source} by leaving it to the cloud. */
  public static ProducerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], ?> source, TelemetryView view) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topics.TELEMETRY_OVERFLOW.name(),
            source.key() == null ? view.deviceId() : source.key(),
            view.record());
    Headers headers = record.headers();
    source.headers().forEach(headers::add);
    SourceHeader.put(
        headers, source.topic(), source.partition(), source.offset(), source.timestamp());
    return record;
  }
}
