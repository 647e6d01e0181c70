package dev.skerry.ingest.mqtt.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Packets as a client would send them, byte by byte after the standards. */
public final class ClientPackets {

  private ClientPackets() {}

  /** CONNECT with a clean start, a keep alive of 60 s and nothing else. */
  public static byte[] connect(int level, String clientId) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, "MQTT");
    body.write(level);
    body.write(0x02);
    number(body, 60);
    if (level == 5) {
      body.write(0);
    }
    text(body, clientId);
    return packet(0x10, body);
  }

  /** PUBLISH without properties. */
  public static byte[] publish(int level, String topic, int qos, int packetId, byte[] payload) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, topic);
    if (qos > 0) {
      number(body, packetId);
    }
    if (level == 5) {
      body.write(0);
    }
    body.writeBytes(payload);
    return packet(0x30 | (qos << 1), body);
  }

  /** SUBSCRIBE to one filter. */
  public static byte[] subscribe(int level, int packetId, String filter, int qos) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    number(body, packetId);
    if (level == 5) {
      body.write(0);
    }
    text(body, filter);
    body.write(qos);
    return packet(0x82, body);
  }

  /** A packet with its fixed header. */
  public static byte[] packet(int firstByte, ByteArrayOutputStream body) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
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

  /** A text with its length in front. */
  public static void text(ByteArrayOutputStream body, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    number(body, bytes.length);
    body.writeBytes(bytes);
  }

  /** A number of two bytes. */
  public static void number(ByteArrayOutputStream body, int value) {
    body.write(value >> 8);
    body.write(value);
  }
}
