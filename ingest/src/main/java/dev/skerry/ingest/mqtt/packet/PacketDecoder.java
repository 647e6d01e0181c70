package dev.skerry.ingest.mqtt.packet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes to what a client sends after CONNECT, by MQTT 3.1.1 and 5 (OASIS standards, section 3).
 * Thread-safe.
 */
public final class PacketDecoder {

  static final int CONNECT = 1;
  static final int PUBLISH = 3;
  static final int PUBACK = 4;
  static final int SUBSCRIBE = 8;
  static final int UNSUBSCRIBE = 10;
  static final int PINGREQ = 12;
  static final int DISCONNECT = 14;

  private static final int FLAGS_OF_SUBSCRIBE = 0x02;
  private static final int MAX_QOS = 2;

  private PacketDecoder() {}

  /** Whether a packet that begins with this byte is a message. */
  public static boolean isPublish(int firstByte) {
    return firstByte >> 4 == PUBLISH;
  }

  /** Whether a packet that begins with this byte is the first one of a connection. */
  public static boolean isConnect(int firstByte) {
    return firstByte >> 4 == CONNECT;
  }

  /**
   * Reads a connection's first packet.
   *
   * @param body what follows the fixed header
   */
  public static Packet.Connect connect(int firstByte, ByteBuffer body) throws ProtocolException {
    if (!isConnect(firstByte)) {
      throw ProtocolException.error("the first packet is not CONNECT");
    }
    requireFlags(firstByte, 0);
    return ConnectReader.read(new PacketBody(body));
  }

  /**
   * Reads a packet after the first one.
   *
   * @param body what follows the fixed header
   */
  public static Packet decode(int firstByte, ByteBuffer body, ProtocolVersion version)
      throws ProtocolException {
    PacketBody rest = new PacketBody(body);
    if (isPublish(firstByte)) {
      return publish(firstByte & 0x0F, rest, version);
    }
    boolean subscribes = firstByte >> 4 == SUBSCRIBE || firstByte >> 4 == UNSUBSCRIBE;
    requireFlags(firstByte, subscribes ? FLAGS_OF_SUBSCRIBE : 0);
    Packet packet =
        switch (firstByte >> 4) {
          case PUBACK -> pubAck(rest, version);
          case SUBSCRIBE -> subscribe(rest, version);
          case UNSUBSCRIBE -> unsubscribe(rest, version);
          case PINGREQ -> new Packet.PingReq();
          case DISCONNECT -> disconnect(rest, version);
          case CONNECT -> throw ProtocolException.error("CONNECT comes a second time");
          case 0 -> throw ProtocolException.malformed("there is no packet of type 0");
          default ->
              throw ProtocolException.error("a packet of type " + (firstByte >> 4) + " is no use");
        };
    rest.requireEnd(packet.getClass().getSimpleName());
    return packet;
  }

  private static Packet.Publish publish(int flags, PacketBody body, ProtocolVersion version)
      throws ProtocolException {
    int qos = (flags >> 1) & 3;
    boolean duplicate = (flags & 8) != 0;
    if (qos > MAX_QOS || (qos == 0 && duplicate)) {
      throw ProtocolException.malformed("PUBLISH has the flags " + flags);
    }
    String topic = body.readString("topic");
    if (topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
      throw new ProtocolException(
          ReasonCode.TOPIC_NAME_INVALID, "a message's topic has a wildcard");
    }
    int packetId = qos == 0 ? 0 : body.readPacketId();
    Properties properties = properties(body, version, PropertyReader.OF_PUBLISH);
    if (topic.isEmpty() && !properties.has(Property.TOPIC_ALIAS)) {
      throw ProtocolException.error("a message has neither topic nor topic alias");
    }
    return new Packet.Publish(
        topic, qos, (flags & 1) != 0, duplicate, packetId, properties, body.readRest());
  }

  private static Packet.PubAck pubAck(PacketBody body, ProtocolVersion version)
      throws ProtocolException {
    int packetId = body.readPacketId();
    if (version == ProtocolVersion.V5 && body.remaining() > 0) {
      int unusedReason = body.readByte("reason code");
      if (body.remaining() > 0) {
        Properties unusedProperties = PropertyReader.read(body, PropertyReader.OF_PUBACK);
      }
    }
    return new Packet.PubAck(packetId);
  }

  private static Packet.Subscribe subscribe(PacketBody body, ProtocolVersion version)
      throws ProtocolException {
    int packetId = body.readPacketId();
    Properties properties = properties(body, version, PropertyReader.OF_SUBSCRIBE);
    if (properties.has(Property.SUBSCRIPTION_IDENTIFIER)) {
      throw ProtocolException.error("subscription identifiers are not available");
    }
    List<Packet.Filter> filters = new ArrayList<>();
    while (body.remaining() > 0) {
      String filter = topicFilter(body);
      filters.add(new Packet.Filter(filter, maximumQos(body, version)));
    }
    requireSome(filters, "SUBSCRIBE");
    return new Packet.Subscribe(packetId, filters);
  }

  private static int maximumQos(PacketBody body, ProtocolVersion version) throws ProtocolException {
    int options = body.readByte("subscription options");
    int reserved = version == ProtocolVersion.V5 ? 0xC0 : 0xFC;
    boolean retainHandlingIsThree = (options & 0x30) == 0x30;
    if ((options & 3) > MAX_QOS || (options & reserved) != 0 || retainHandlingIsThree) {
      throw ProtocolException.malformed("SUBSCRIBE has the options " + options);
    }
    return options & 3;
  }

  private static Packet.Unsubscribe unsubscribe(PacketBody body, ProtocolVersion version)
      throws ProtocolException {
    int packetId = body.readPacketId();
    Properties unused = properties(body, version, PropertyReader.OF_UNSUBSCRIBE);
    List<String> filters = new ArrayList<>();
    while (body.remaining() > 0) {
      filters.add(topicFilter(body));
    }
    requireSome(filters, "UNSUBSCRIBE");
    return new Packet.Unsubscribe(packetId, filters);
  }

  private static String topicFilter(PacketBody body) throws ProtocolException {
    String filter = body.readString("topic filter");
    if (filter.isEmpty()) {
      throw ProtocolException.malformed("a topic filter is empty");
    }
    return filter;
  }

  private static Packet.Disconnect disconnect(PacketBody body, ProtocolVersion version)
      throws ProtocolException {
    if (version != ProtocolVersion.V5 || body.remaining() == 0) {
      return new Packet.Disconnect(/* withWill= */ false);
    }
    // Every reason but a normal one is an end that the will was made for.
    boolean withWill = body.readByte("reason code") != ReasonCode.SUCCESS.value();
    if (body.remaining() > 0) {
      Properties unused = PropertyReader.read(body, PropertyReader.OF_DISCONNECT);
    }
    return new Packet.Disconnect(withWill);
  }

  private static Properties properties(
      PacketBody body, ProtocolVersion version, java.util.Set<Property> allowed)
      throws ProtocolException {
    return version == ProtocolVersion.V5 ? PropertyReader.read(body, allowed) : Properties.none();
  }

  private static void requireFlags(int firstByte, int flags) throws ProtocolException {
    if ((firstByte & 0x0F) != flags) {
      throw ProtocolException.malformed(
          "a packet of type " + (firstByte >> 4) + " has the flags " + (firstByte & 0x0F));
    }
  }

  private static void requireSome(List<?> filters, String packet) throws ProtocolException {
    if (filters.isEmpty()) {
      throw ProtocolException.error(packet + " names no topic filter");
    }
  }
}
