package dev.skerry.ingest.mqtt.packet;

import java.util.Optional;

/** Reads CONNECT (section 3.1 of both standards). */
final class ConnectReader {

  private static final int CLEAN_START = 0x02;
  private static final int WILL = 0x04;
  private static final int WILL_RETAIN = 0x20;
  private static final int PASSWORD = 0x40;
  private static final int USER_NAME = 0x80;

  private ConnectReader() {}

  static Packet.Connect read(PacketBody body) throws ProtocolException {
    ProtocolVersion version = version(body);
    int flags = body.readByte("connect flags");
    requireSound(flags, version);
    int keepAliveSeconds = body.readShort("keep alive");
    Properties properties =
        version == ProtocolVersion.V5
            ? PropertyReader.read(body, PropertyReader.OF_CONNECT)
            : Properties.none();
    String clientId = body.readString("client identifier");
    Optional<Packet.Will> will =
        (flags & WILL) == 0 ? Optional.empty() : Optional.of(will(body, flags, version));
    Optional<String> userName =
        (flags & USER_NAME) == 0 ? Optional.empty() : Optional.of(body.readString("user name"));
    Optional<byte[]> password =
        (flags & PASSWORD) == 0 ? Optional.empty() : Optional.of(body.readBinary("password"));
    body.requireEnd("CONNECT");
    return new Packet.Connect(
        version,
        (flags & CLEAN_START) != 0,
        keepAliveSeconds,
        clientId,
        will,
        userName,
        password,
        properties);
  }

  private static ProtocolVersion version(PacketBody body) throws ProtocolException {
    String name = body.readString("protocol name");
    int level = body.readByte("protocol version");
    if (name.equals("MQTT")) {
      for (ProtocolVersion version : ProtocolVersion.values()) {
        if (version.level() == level) {
          return version;
        }
      }
    }
    if (!name.equals("MQTT") && !name.equals("MQIsdp")) {
      throw ProtocolException.malformed("the protocol is not MQTT");
    }
    throw new ProtocolException(
        ReasonCode.UNSUPPORTED_PROTOCOL_VERSION,
        "MQTT's protocol level " + level + " is not spoken here; use 4 (3.1.1) or 5");
  }

  private static void requireSound(int flags, ProtocolVersion version) throws ProtocolException {
    boolean reserved = (flags & 1) != 0;
    int willQos = (flags >> 3) & 3;
    boolean willIsPartial = (flags & WILL) == 0 && (willQos != 0 || (flags & WILL_RETAIN) != 0);
    boolean passwordAlone =
        version == ProtocolVersion.V3_1_1 && (flags & (PASSWORD | USER_NAME)) == PASSWORD;
    if (reserved || willQos > 2 || willIsPartial || passwordAlone) {
      throw ProtocolException.malformed("CONNECT has the flags " + flags);
    }
  }

  private static Packet.Will will(PacketBody body, int flags, ProtocolVersion version)
      throws ProtocolException {
    Properties properties =
        version == ProtocolVersion.V5
            ? PropertyReader.read(body, PropertyReader.OF_WILL)
            : Properties.none();
    String topic = body.readString("will topic");
    if (topic.isEmpty() || topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
      throw new ProtocolException(
          ReasonCode.TOPIC_NAME_INVALID, "the will's topic is empty or has a wildcard");
    }
    byte[] payload = body.readBinary("will payload");
    return new Packet.Will(
        topic, payload, (flags >> 3) & 3, (flags & WILL_RETAIN) != 0, properties);
  }
}
