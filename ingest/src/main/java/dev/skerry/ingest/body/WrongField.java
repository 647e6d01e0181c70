package dev.skerry.ingest.body;

/** A field of a message that cannot be read, on its way to the one who reads the message. */
final class WrongField extends Exception {

  private final String field;

  /** Has no stack trace: it is an outcome, and anybody may cause a thousand of them. */
  WrongField(String field, String detail) {
    super(detail, null, false, false);
    this.field = field;
  }

  String field() {
    return field;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
