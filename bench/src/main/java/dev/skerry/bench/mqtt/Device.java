package dev.skerry.bench.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a device remembers over its connections: its next sequence, and which messages nobody has
 * acknowledged, for it sends these again. It speaks MQTT 3.1.1. For one thread.
 */
final class Device {

  static final byte[] PINGREQ = {(byte) 0xC0, 0};
  static final int MAX_UNACKNOWLEDGED = 8;

  private static final int MAX_PACKET_ID = 0xFFFF;
  private static final int PUBLISH_QOS_1 = 0x32;
  private static final int DUPLICATE = 0x08;

  private final String name;
  private final String stream;
  private final int values;
  private final Deque<Long> unacknowledged = new ArrayDeque<>();
  private long nextSequence = 1;
  private long resent;

  /**
   * A device that has sent nothing.
   *
   * @param values how many there are in each of its windows
   */
  Device(String name, String stream, int values) {
    this.name = name;
    this.stream = stream;
    this.values = values;
  }

  String name() {
    return name;
  }

  int unacknowledged() {
    return unacknowledged.size();
  }

  long resent() {
    return resent;
  }

  byte[] connect() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    putText(body, "MQTT");
    body.writeBytes(new byte[] {4, 2, 0, 60});
    putText(body, name);
    return packet(0x10, body);
  }

  /** Asks for its detections, at QoS 0. */
  byte[] subscribe() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {0, 1});
    putText(body, "detections/" + name);
    body.write(0);
    return packet(0x82, body);
  }

  /** The sequence of the next message. */
  long nextSequence() {
    return nextSequence;
  }

  /** The next message. */
  byte[] publish() {
    unacknowledged.add(nextSequence);
    return publish(nextSequence++, 0);
  }

  /** Everything that nobody has acknowledged, once more, in its order. */
  byte[] publishAgain() {
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    for (long sequence : unacknowledged) {
      packets.writeBytes(publish(sequence, DUPLICATE));
      resent++;
    }
    return packets.toByteArray();
  }

  /** Takes an acknowledgement; false where it is not that of the oldest message. */
  boolean acknowledge(int packetId) {
    Long oldest = unacknowledged.peek();
    if (oldest == null || packetId(oldest) != packetId) {
      return false;
    }
    unacknowledged.remove();
    return true;
  }

  private byte[] publish(long sequence, int flags) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(256);
    putText(body, "telemetry/" + name + "/" + stream);
    int id = packetId(sequence);
    body.write(id >> 8);
    body.write(id);
    body.writeBytes(payload(sequence));
    return packet(PUBLISH_QOS_1 | flags, body);
  }

  private static int packetId(long sequence) {
    return (int) (sequence % MAX_PACKET_ID) + 1;
  }

  /** A window of values, the same for the same sequence. */
  private byte[] payload(long sequence) {
    StringBuilder json = new StringBuilder(160);
    json.append("{\"sequence\":").append(sequence).append(",\"readings\":{\"values\":[");
    for (int i = 0; i < values; i++) {
      json.append(i == 0 ? "" : ",").append((sequence * 31 + i * 7L) % 1000 / 8.0);
    }
    return json.append("]}}").toString().getBytes(UTF_8);
  }

  private static void putText(ByteArrayOutputStream body, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    body.write(bytes.length >> 8);
    body.write(bytes.length);
    body.writeBytes(bytes);
  }

  private static byte[] packet(int firstByte, ByteArrayOutputStream body) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream(body.size() + 5);
    packet.write(firstByte);
    int rest = body.size();
    while (rest > 0x7F) {
      packet.write((rest & 0x7F) | 0x80);
      rest >>= 7;
    }
    packet.write(rest);
    packet.writeBytes(body.toByteArray());
    return packet.toByteArray();
  }
}
