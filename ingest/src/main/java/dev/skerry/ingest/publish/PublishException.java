package dev.skerry.ingest.publish;

/** Records that could not be delivered; the message says where to, which and why. */
public final class PublishException extends RuntimeException {

  public PublishException(String message) {
    super(message);
  }

  public PublishException(String message, Throwable cause) {
    super(message, cause);
  }
}
