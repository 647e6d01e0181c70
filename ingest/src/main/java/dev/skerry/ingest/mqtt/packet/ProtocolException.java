package dev.skerry.ingest.mqtt.packet;

/**
 * A packet that breaks the standard: the connection ends with the reason code. It carries no stack
 * trace, since a stranger can cause a million of them.
 */
public final class ProtocolException extends Exception {

  private final ReasonCode reason;

  public ProtocolException(ReasonCode reason, String message) {
    super(message, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    this.reason = reason;
  }

  static ProtocolException malformed(String message) {
    return new ProtocolException(ReasonCode.MALFORMED_PACKET, message);
  }

  static ProtocolException error(String message) {
    return new ProtocolException(ReasonCode.PROTOCOL_ERROR, message);
  }

  /** What to tell the client. */
  public ReasonCode reason() {
    return reason;
  }

  /** The same as text, never null. */
  public String explanation() {
    return String.valueOf(getMessage());
  }
}
