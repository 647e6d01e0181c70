package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.mqtt.packet.PacketEncoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The messages on their way to one client: so many wait at most, and the oldest makes room for the
 * newest, since a machine that is to stop itself needs the latest. {@link #offer} is thread-safe;
 * the rest is for the event loop.
 */
final class Outbox {

  private static final int MAX_PACKET_ID = 0xFFFF;
  private static final int PACKET_OVERHEAD_BYTES = 16;

  @SuppressWarnings("ArrayRecordComponent") // Nobody compares letters.
  private record Letter(String topic, byte[] payload, long inferredAtMillis) {}

  private final Wire wire;
  private final PacketEncoder encoder;
  private final MqttMetrics metrics;
  private final int maxWaiting;
  private final int maxInFlight;
  private final long maxPacketBytes;

  private final Map<String, Integer> qosByTopic = new HashMap<>();
  private final Set<Integer> inFlight = new HashSet<>();
  private int lastPacketId;

  private final Object lock = new Object();
  private final Deque<Letter> waiting = new ArrayDeque<>();
  private boolean isScheduled;

  /**
   * Sends over the wire.
   *
   * @param maxInFlight how many the client has not acknowledged at most
   * @param maxPacketBytes what the client takes at most
   */
  Outbox(
      Wire wire,
      PacketEncoder encoder,
      MqttMetrics metrics,
      int maxWaiting,
      int maxInFlight,
      long maxPacketBytes) {
    this.wire = wire;
    this.encoder = encoder;
    this.metrics = metrics;
    this.maxWaiting = maxWaiting;
    this.maxInFlight = maxInFlight;
    this.maxPacketBytes = maxPacketBytes;
  }

  /** Takes a message. */
  void offer(String topic, byte[] payload, long inferredAtMillis) {
    synchronized (lock) {
      if (waiting.size() == maxWaiting) {
        waiting.remove();
        metrics.answerDropped("slow");
      }
      waiting.add(new Letter(topic, payload, inferredAtMillis));
      if (isScheduled) {
        return;
      }
      isScheduled = true;
    }
    wire.later(this::sendAll);
  }

  /** The client wants messages of this topic, at this QoS at most. */
  void subscribe(String topic, int qos) {
    qosByTopic.put(topic, qos);
  }

  /** The client wants them no longer; false: it never did. */
  boolean unsubscribe(String topic) {
    return qosByTopic.remove(topic) != null;
  }

  /** The topics that the client wants. */
  Set<String> topics() {
    return Set.copyOf(qosByTopic.keySet());
  }

  /** The client has it. */
  void acknowledged(int packetId) {
    if (inFlight.remove(packetId)) {
      sendAll();
    }
  }

  /** Sends what the client has room for. */
  void sendAll() {
    while (wire.isWritable() && inFlight.size() < maxInFlight) {
      Letter next;
      synchronized (lock) {
        isScheduled = false;
        if (waiting.isEmpty()) {
          return;
        }
        next = waiting.remove();
      }
      send(next);
    }
    synchronized (lock) {
      isScheduled = false;
    }
  }

  private void send(Letter letter) {
    Integer qos = qosByTopic.get(letter.topic());
    if (qos == null) {
      return; // It was unsubscribed meanwhile.
    }
    if (letter.payload().length + letter.topic().length() + PACKET_OVERHEAD_BYTES
        > maxPacketBytes) {
      metrics.answerDropped("too-large");
      return;
    }
    int packetId = qos == 0 ? 0 : nextPacketId();
    if (qos > 0) {
      inFlight.add(packetId);
    }
    wire.send(encoder.publish(letter.topic(), qos, packetId, letter.payload()));
    metrics.answerSent(letter.inferredAtMillis());
  }

  private int nextPacketId() {
    do {
      lastPacketId = lastPacketId % MAX_PACKET_ID + 1;
    } while (inFlight.contains(lastPacketId));
    return lastPacketId;
  }
}
