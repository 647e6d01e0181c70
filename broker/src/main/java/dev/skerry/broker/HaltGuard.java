package dev.skerry.broker;

import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Turns Kafka's "halt the JVM" into an exception, because a node is a guest here: in a test, or
 * beside other nodes.
 */
final class HaltGuard {

  private HaltGuard() {}

  static void install() {
    Exit.setHaltProcedure(HaltGuard::refuse);
    Exit.setExitProcedure(HaltGuard::refuse);
  }

  /** Lets Kafka end the JVM again: a node that is alone in it must not live on half dead. */
  static void remove() {
    Exit.resetHaltProcedure();
    Exit.resetExitProcedure();
  }

  private static void refuse(int status, @Nullable String message) {
    throw new KafkaNodeException(
        "a fatal fault of the node (it asked to end the JVM with code "
            + status
            + "); the log has its cause",
        null);
  }
}
