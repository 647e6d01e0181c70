package dev.skerry.retrain.gate;

/** A model or a dataset that the gate cannot judge; the message says which and why. */
public final class GateException extends RuntimeException {

  public GateException(String message) {
    super(message);
  }

  public GateException(String message, Throwable cause) {
    super(message, cause);
  }
}
