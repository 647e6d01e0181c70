package dev.skerry.broker;

/** A port that a node was told to use is in use already. */
public final class PortTakenException extends KafkaNodeException {

  private final int port;

  PortTakenException(String host, int port, Throwable cause) {
    super(
        "Port "
            + port
            + " on "
            + host
            + " is taken: stop the process that listens there, or choose another port.",
        cause);
    this.port = port;
  }

  /** The port that is in use. */
  public int port() {
    return port;
  }
}
