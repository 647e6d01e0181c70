package dev.skerry.ingest.mqtt.packet;

import java.util.EnumSet;
import java.util.Set;

/** Reads the properties of a packet and refuses those that do not belong to it. */
final class PropertyReader {

  static final Set<Property> OF_CONNECT =
      EnumSet.of(
          Property.SESSION_EXPIRY_INTERVAL,
          Property.RECEIVE_MAXIMUM,
          Property.MAXIMUM_PACKET_SIZE,
          Property.TOPIC_ALIAS_MAXIMUM,
          Property.REQUEST_RESPONSE_INFORMATION,
          Property.REQUEST_PROBLEM_INFORMATION,
          Property.USER_PROPERTY,
          Property.AUTHENTICATION_METHOD,
          Property.AUTHENTICATION_DATA);
  static final Set<Property> OF_WILL =
      EnumSet.of(
          Property.WILL_DELAY_INTERVAL,
          Property.PAYLOAD_FORMAT_INDICATOR,
          Property.MESSAGE_EXPIRY_INTERVAL,
          Property.CONTENT_TYPE,
          Property.RESPONSE_TOPIC,
          Property.CORRELATION_DATA,
          Property.USER_PROPERTY);
  static final Set<Property> OF_PUBLISH =
      EnumSet.of(
          Property.PAYLOAD_FORMAT_INDICATOR,
          Property.MESSAGE_EXPIRY_INTERVAL,
          Property.TOPIC_ALIAS,
          Property.RESPONSE_TOPIC,
          Property.CORRELATION_DATA,
          Property.USER_PROPERTY,
          Property.CONTENT_TYPE);
  static final Set<Property> OF_SUBSCRIBE =
      EnumSet.of(Property.SUBSCRIPTION_IDENTIFIER, Property.USER_PROPERTY);
  static final Set<Property> OF_UNSUBSCRIBE = EnumSet.of(Property.USER_PROPERTY);
  static final Set<Property> OF_PUBACK = EnumSet.of(Property.REASON_STRING, Property.USER_PROPERTY);
  static final Set<Property> OF_DISCONNECT =
      EnumSet.of(Property.SESSION_EXPIRY_INTERVAL, Property.REASON_STRING, Property.USER_PROPERTY);

  /** Many small properties take far more memory than their bytes. */
  private static final int MAX_BYTES = 16 << 10;

  private PropertyReader() {}

  /** Reads the list with its length in front. */
  static Properties read(PacketBody body, Set<Property> allowed) throws ProtocolException {
    int length = body.readVariableInt("properties");
    if (length > MAX_BYTES) {
      throw new ProtocolException(
          ReasonCode.PACKET_TOO_LARGE, "the properties have more than " + MAX_BYTES + " bytes");
    }
    PacketBody part = body.readPart(length, "properties");
    Properties properties = new Properties();
    while (part.remaining() > 0) {
      readOne(part, allowed, properties);
    }
    return properties;
  }

  private static void readOne(PacketBody part, Set<Property> allowed, Properties properties)
      throws ProtocolException {
    int id = part.readVariableInt("property identifier");
    Property property =
        Property.of(id)
            .orElseThrow(() -> ProtocolException.malformed("there is no property " + id));
    if (!allowed.contains(property)) {
      throw ProtocolException.error("the property " + property + " does not belong here");
    }
    if (properties.has(property)) {
      throw ProtocolException.error("the property " + property + " is there twice");
    }
    if (property == Property.USER_PROPERTY) {
      properties.withUser(
          part.readString("user property's name"), part.readString("user property's value"));
    } else {
      properties.put(property, readValue(part, property));
    }
  }

  private static Object readValue(PacketBody part, Property property) throws ProtocolException {
    String what = property.name();
    return switch (property.form()) {
      case BYTE -> flag(part.readByte(what), what);
      case SHORT -> positive(part.readShort(what), property);
      case INT -> positive(part.readInt(what), property);
      case VARIABLE_INT -> positive(part.readVariableInt(what), property);
      case BINARY -> part.readBinary(what);
      case STRING, STRING_PAIR -> part.readString(what);
    };
  }

  /** All bytes that a client may send as a property are 0 or 1. */
  private static long flag(int value, String what) throws ProtocolException {
    if (value > 1) {
      throw ProtocolException.error("the property " + what + " is " + value + ", not 0 or 1");
    }
    return value;
  }

  private static long positive(long value, Property property) throws ProtocolException {
    if (value == 0) {
      switch (property) {
        case TOPIC_ALIAS ->
            throw new ProtocolException(ReasonCode.TOPIC_ALIAS_INVALID, "the topic alias is 0");
        case RECEIVE_MAXIMUM, MAXIMUM_PACKET_SIZE, SUBSCRIPTION_IDENTIFIER ->
            throw ProtocolException.error("the property " + property + " is 0");
        default -> {
          // 0 means something for all others.
        }
      }
    }
    return value;
  }
}
