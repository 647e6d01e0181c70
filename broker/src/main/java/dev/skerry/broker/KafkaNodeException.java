package dev.skerry.broker;

import org.jspecify.annotations.Nullable;

/** A node could not start or could not go on; the message says why in one sentence. */
public class KafkaNodeException extends RuntimeException {

  KafkaNodeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
