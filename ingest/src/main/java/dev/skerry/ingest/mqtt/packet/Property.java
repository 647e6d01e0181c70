package dev.skerry.ingest.mqtt.packet;

import java.util.Optional;

/** MQTT 5's properties (section 2.2.2.2 of its standard), with how each is written. */
public enum Property {
  PAYLOAD_FORMAT_INDICATOR(0x01, Form.BYTE),
  MESSAGE_EXPIRY_INTERVAL(0x02, Form.INT),
  CONTENT_TYPE(0x03, Form.STRING),
  RESPONSE_TOPIC(0x08, Form.STRING),
  CORRELATION_DATA(0x09, Form.BINARY),
  SUBSCRIPTION_IDENTIFIER(0x0B, Form.VARIABLE_INT),
  SESSION_EXPIRY_INTERVAL(0x11, Form.INT),
  ASSIGNED_CLIENT_IDENTIFIER(0x12, Form.STRING),
  SERVER_KEEP_ALIVE(0x13, Form.SHORT),
  AUTHENTICATION_METHOD(0x15, Form.STRING),
  AUTHENTICATION_DATA(0x16, Form.BINARY),
  REQUEST_PROBLEM_INFORMATION(0x17, Form.BYTE),
  WILL_DELAY_INTERVAL(0x18, Form.INT),
  REQUEST_RESPONSE_INFORMATION(0x19, Form.BYTE),
  REASON_STRING(0x1F, Form.STRING),
  RECEIVE_MAXIMUM(0x21, Form.SHORT),
  TOPIC_ALIAS_MAXIMUM(0x22, Form.SHORT),
  TOPIC_ALIAS(0x23, Form.SHORT),
  MAXIMUM_QOS(0x24, Form.BYTE),
  USER_PROPERTY(0x26, Form.STRING_PAIR),
  MAXIMUM_PACKET_SIZE(0x27, Form.INT),
  WILDCARD_SUBSCRIPTION_AVAILABLE(0x28, Form.BYTE),
  SUBSCRIPTION_IDENTIFIER_AVAILABLE(0x29, Form.BYTE),
  SHARED_SUBSCRIPTION_AVAILABLE(0x2A, Form.BYTE);

  /** How a value is written. */
  enum Form {
    BYTE,
    SHORT,
    INT,
    VARIABLE_INT,
    STRING,
    STRING_PAIR,
    BINARY
  }

  private static final Property[] BY_ID = new Property[0x2B];

  static {
    for (Property property : values()) {
      BY_ID[property.id] = property;
    }
  }

  private final int id;
  private final Form form;

  Property(int id, Form form) {
    this.id = id;
    this.form = form;
  }

  int id() {
    return id;
  }

  Form form() {
    return form;
  }

  static Optional<Property> of(int id) {
    return id < BY_ID.length ? Optional.ofNullable(BY_ID[id]) : Optional.empty();
  }
}
