package dev.skerry.ingest.mqtt.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** What a server sends, as bytes of one version of MQTT. Thread-safe. */
public final class PacketEncoder {

  private static final int CONNACK = 0x20;
  private static final int PUBLISH = 0x30;
  private static final int PUBACK = 0x40;
  private static final int SUBACK = 0x90;
  private static final int UNSUBACK = 0xB0;
  private static final int DISCONNECT = 0xE0;
  private static final int SUBACK_FAILURE_OF_311 = 0x80;

  private final boolean v5;

  public PacketEncoder(ProtocolVersion version) {
    this.v5 = version == ProtocolVersion.V5;
  }

  /** Accepts or refuses a connection; there is never a session from before. */
  public byte[] connAck(ReasonCode reason, Properties properties) {
    ByteSink body = new ByteSink().putByte(0);
    if (v5) {
      body.putByte(reason.value()).putProperties(properties);
    } else {
      body.putByte(reason.inConnAckOf311());
    }
    return body.asPacket(CONNACK);
  }

  /**
   * A message.
   *
   * @param packetId 1 to 65535 at QoS 1, not looked at at QoS 0
   */
  public byte[] publish(String topic, int qos, int packetId, byte[] payload) {
    ByteSink body = new ByteSink().putText(topic);
    if (qos > 0) {
      body.putShort(packetId);
    }
    if (v5) {
      body.putProperties(Properties.none());
    }
    return body.putBytes(payload).asPacket(PUBLISH | (qos << 1));
  }

  /** Acknowledges a message; MQTT 3.1.1 has only one way to. */
  public byte[] pubAck(int packetId, ReasonCode reason, Properties properties) {
    ByteSink body = new ByteSink().putShort(packetId);
    if (v5 && reason != ReasonCode.SUCCESS) {
      body.putByte(reason.value()).putProperties(properties);
    }
    return body.asPacket(PUBACK);
  }

  /** Answers each filter of a SUBSCRIBE, in its order. */
  public byte[] subAck(int packetId, List<ReasonCode> reasons) {
    ByteSink body = new ByteSink().putShort(packetId);
    if (v5) {
      body.putProperties(Properties.none());
    }
    for (ReasonCode reason : reasons) {
      body.putByte(!v5 && reason.isFailure() ? SUBACK_FAILURE_OF_311 : reason.value());
    }
    return body.asPacket(SUBACK);
  }

  /** Answers each filter of an UNSUBSCRIBE, in its order. */
  public byte[] unsubAck(int packetId, List<ReasonCode> reasons) {
    ByteSink body = new ByteSink().putShort(packetId);
    if (v5) {
      body.putProperties(Properties.none());
      reasons.forEach(reason -> body.putByte(reason.value()));
    }
    return body.asPacket(UNSUBACK);
  }

  /** Answers a ping. */
  public byte[] pingResp() {
    return new byte[] {(byte) 0xD0, 0};
  }

  /** Says why the server ends the connection; nothing in MQTT 3.1.1, which has no words for it. */
  public byte[] disconnect(ReasonCode reason, String explanation) {
    if (!v5) {
      return new byte[0];
    }
    Properties properties = new Properties().with(Property.REASON_STRING, explanation);
    return new ByteSink().putByte(reason.value()).putProperties(properties).asPacket(DISCONNECT);
  }

  /** Bytes that grow, with MQTT's forms of numbers and texts. */
  private static final class ByteSink {
    private static final int MAX_TEXT_BYTES = 0xFFFF;

    private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream(64);

    ByteSink putByte(int value) {
      bytes.write(value);
      return this;
    }

    ByteSink putShort(int value) {
      return putByte(value >> 8).putByte(value);
    }

    ByteSink putBytes(byte[] value) {
      bytes.writeBytes(value);
      return this;
    }

    ByteSink putText(String text) {
      byte[] encoded = text.getBytes(UTF_8);
      if (encoded.length > MAX_TEXT_BYTES) {
        throw new IllegalArgumentException("A text of MQTT has 65535 bytes at most");
      }
      return putShort(encoded.length).putBytes(encoded);
    }

    ByteSink putVariableInt(int value) {
      int rest = value;
      while (rest > 0x7F) {
        putByte((rest & 0x7F) | 0x80);
        rest >>>= 7;
      }
      return putByte(rest);
    }

    ByteSink putProperties(Properties properties) {
      ByteSink list = new ByteSink();
      properties.values().forEach(list::putProperty);
      for (Properties.UserProperty property : properties.user()) {
        list.putByte(Property.USER_PROPERTY.id())
            .putText(property.name())
            .putText(property.value());
      }
      return putVariableInt(list.bytes.size()).putBytes(list.bytes.toByteArray());
    }

    private void putProperty(Property property, Object value) {
      putByte(property.id());
      switch (property.form()) {
        case BYTE -> putByte(((Long) value).intValue());
        case SHORT -> putShort(((Long) value).intValue());
        case INT -> putShort((int) ((Long) value >>> 16)).putShort(((Long) value).intValue());
        case VARIABLE_INT -> putVariableInt(((Long) value).intValue());
        case STRING -> putText((String) value);
        case STRING_PAIR, BINARY ->
            throw new IllegalArgumentException("A server sends no property " + property);
      }
    }

    byte[] asPacket(int firstByte) {
      return new ByteSink()
          .putByte(firstByte)
          .putVariableInt(bytes.size())
          .putBytes(bytes.toByteArray())
          .bytes
          .toByteArray();
    }
  }
}
