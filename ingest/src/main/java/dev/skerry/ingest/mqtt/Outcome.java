package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.intake.Finding;
import dev.skerry.ingest.intake.Receipt;
import dev.skerry.ingest.intake.RefusalReason;
import dev.skerry.ingest.mqtt.packet.ReasonCode;

/** What became of one message, in MQTT's terms. */
sealed interface Outcome {

  /** It is safe. */
  record Safe(String word) implements Outcome {}

  /**
   * It is not taken, and sending it again would not change that.
   *
   * @param detail for people: the field, what is wrong and what to do
   */
  record NotTaken(String word, ReasonCode reason, String detail) implements Outcome {

    /**
     * Whether a client of MQTT 3.1.1, which cannot be told no, loses its connection for it: it
     * writes where it may not, and would take an acknowledgement for a success.
     */
    boolean endsOldConnections() {
      return reason == ReasonCode.NOT_AUTHORIZED || reason == ReasonCode.TOPIC_NAME_INVALID;
    }
  }

  /** Nobody knows yet: it stays unacknowledged, and the client sends it again. */
  record Unknown(String detail) implements Outcome {}

  /** What a receipt that is no {@link Receipt.Busy} says. */
  static Outcome of(Receipt receipt) {
    if (receipt instanceof Receipt.Stored) {
      return new Safe("stored");
    }
    if (receipt instanceof Receipt.AlreadyStored) {
      return new Safe("already-stored");
    }
    if (receipt instanceof Receipt.Refused refused) {
      return of(new Finding(refused.reason(), refused.field(), refused.detail()));
    }
    if (receipt instanceof Receipt.Unacknowledged unacknowledged) {
      return new Unknown(unacknowledged.detail());
    }
    return new Unknown("there is no room at present");
  }

  /** What is wrong with a message that is not taken. */
  static Outcome of(Finding finding) {
    String field = finding.field().isEmpty() ? "" : finding.field() + ": ";
    return new NotTaken(finding.reason().word(), code(finding.reason()), field + finding.detail());
  }

  private static ReasonCode code(RefusalReason reason) {
    return switch (reason) {
      case NOT_YOURS, UNKNOWN_DEVICE -> ReasonCode.NOT_AUTHORIZED;
      case UNKNOWN_STREAM -> ReasonCode.TOPIC_NAME_INVALID;
      case TOO_LARGE -> ReasonCode.QUOTA_EXCEEDED;
      case INVALID,
          WRONG_SHAPE,
          WRONG_RATE,
          NOT_A_NUMBER,
          OUT_OF_RANGE,
          CLOCK_SKEW,
          NOT_AN_IMAGE,
          UNREADABLE ->
          ReasonCode.PAYLOAD_FORMAT_INVALID;
    };
  }
}
