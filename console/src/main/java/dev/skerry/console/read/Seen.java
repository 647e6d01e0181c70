package dev.skerry.console.read;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record and the moment at which it could be read.
 *
 * @param readAtMillis since the epoch
 * @param old whether it was there before the console was
 */
public record Seen(ConsumerRecord<byte[], byte[]> record, long readAtMillis, boolean old) {}
