package dev.skerry.inference;

/** Whether a worker was told to stop. Thread-safe. */
final class StopSignal {

  private volatile boolean given;

  void give() {
    given = true;
  }

  boolean isGiven() {
    return given;
  }
}
