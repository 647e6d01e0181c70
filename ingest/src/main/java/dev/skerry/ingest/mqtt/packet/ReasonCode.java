package dev.skerry.ingest.mqtt.packet;

/**
 * Why something was or was not done: MQTT 5's reason codes (section 2.4 of its standard), as far as
 * a server sends them or looks at them.
 */
public enum ReasonCode {
  SUCCESS(0x00),
  GRANTED_QOS_1(0x01),
  DISCONNECT_WITH_WILL(0x04),
  NO_SUBSCRIPTION_EXISTED(0x11),
  UNSPECIFIED_ERROR(0x80),
  MALFORMED_PACKET(0x81),
  PROTOCOL_ERROR(0x82),
  IMPLEMENTATION_SPECIFIC_ERROR(0x83),
  UNSUPPORTED_PROTOCOL_VERSION(0x84),
  CLIENT_IDENTIFIER_NOT_VALID(0x85),
  BAD_USER_NAME_OR_PASSWORD(0x86),
  NOT_AUTHORIZED(0x87),
  SERVER_UNAVAILABLE(0x88),
  SERVER_BUSY(0x89),
  SERVER_SHUTTING_DOWN(0x8B),
  BAD_AUTHENTICATION_METHOD(0x8C),
  KEEP_ALIVE_TIMEOUT(0x8D),
  SESSION_TAKEN_OVER(0x8E),
  TOPIC_FILTER_INVALID(0x8F),
  TOPIC_NAME_INVALID(0x90),
  RECEIVE_MAXIMUM_EXCEEDED(0x93),
  TOPIC_ALIAS_INVALID(0x94),
  PACKET_TOO_LARGE(0x95),
  QUOTA_EXCEEDED(0x97),
  PAYLOAD_FORMAT_INVALID(0x99),
  QOS_NOT_SUPPORTED(0x9B),
  SHARED_SUBSCRIPTIONS_NOT_SUPPORTED(0x9E),
  WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED(0xA2);

  private final int value;

  ReasonCode(int value) {
    this.value = value;
  }

  /** The byte on the wire, 0 to 255. */
  public int value() {
    return value;
  }

  /** The word for labels, for example {@code not-authorized}. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** Whether it says that something failed. */
  public boolean isFailure() {
    return value >= UNSPECIFIED_ERROR.value;
  }

  /** How CONNACK of MQTT 3.1.1, which knows five refusals, says the same. */
  int inConnAckOf311() {
    return switch (this) {
      case SUCCESS -> 0;
      case UNSUPPORTED_PROTOCOL_VERSION -> 1;
      case CLIENT_IDENTIFIER_NOT_VALID -> 2;
      case BAD_USER_NAME_OR_PASSWORD -> 4;
      case NOT_AUTHORIZED, BAD_AUTHENTICATION_METHOD -> 5;
      default -> 3; // Server unavailable.
    };
  }
}
