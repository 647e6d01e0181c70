package dev.skerry.producer;

/** What could not be sent or started; the message says what, where to and why. */
public final class ProducerException extends RuntimeException {

  public ProducerException(String message, Throwable cause) {
    super(message, cause);
  }
}
