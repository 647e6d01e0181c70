package dev.skerry.retrain.labels;

/** A request that is not answered as it wishes; the message says why. */
final class Refused extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  Refused(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
