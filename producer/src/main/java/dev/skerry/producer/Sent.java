package dev.skerry.producer;

/**
 * A record that Kafka has acknowledged on all in-sync replicas.
 *
 * @param sequence of the device, stream and boot epoch, from 0
 * @param topic where it is
 * @param partition where it is
 * @param offset where it is
 */
public record Sent(long sequence, String topic, int partition, long offset) {}
