package dev.skerry.bench.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** After how long the answers to some messages came back by one way. Thread-safe. */
public final class AnswerTimes {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double NANOS_PER_MILLI = 1e6;

  private final Map<Message, Long> sentNanos = new ConcurrentHashMap<>();
  private final Map<Message, Long> tookNanos = new ConcurrentHashMap<>();
  private final AtomicLong heard = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();

  private record Message(String device, long sequence) {}

  /**
   * From a message's way out of the device to its answer, in milliseconds.
   *
   * @param p50 half of the answers were there by then
   * @param p99 99 of 100
   * @param max all
   */
  public record Spread(double p50, double p99, double max) {}

  /** A message is about to be sent whose answer counts. */
  void sent(String device, long sequence, long nanos) {
    sentNanos.put(new Message(device, sequence), nanos);
  }

  /** A detection has come; those of messages that do not count are only heard. */
  public void answered(byte[] detection) {
    long nowNanos = System.nanoTime();
    Message message = message(detection);
    heard.incrementAndGet();
    Long sent = sentNanos.get(message);
    if (sent != null && tookNanos.putIfAbsent(message, nowNanos - sent) != null) {
      repeated.incrementAndGet();
    }
  }

  private static Message message(byte[] detection) {
    try {
      JsonNode json = JSON.readTree(detection);
      return new Message(json.get("deviceId").asText(), json.get("sequence").asLong());
    } catch (IOException e) {
      throw new UncheckedIOException("A detection is no JSON", e);
    }
  }

  /** How many detections have come, whatever they answer. */
  public long heard() {
    return heard.get();
  }

  /** How many messages count. */
  public int messages() {
    return sentNanos.size();
  }

  /** How many of them have no answer yet. */
  public int unanswered() {
    return sentNanos.size() - tookNanos.size();
  }

  /** Answers that came more than once. */
  public long repeated() {
    return repeated.get();
  }

  /** The times of all answers; there must be one. */
  public Spread spread() {
    long[] sorted = tookNanos.values().stream().mapToLong(Long::longValue).sorted().toArray();
    return new Spread(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1] / NANOS_PER_MILLI;
  }
}
