package dev.skerry.inference.batch;

import dev.skerry.inference.decode.TelemetryView;

/**
 * Records one after the other, over batches, on which a model fails. Where little comes in, a batch
 * is a single record, and only many of them tell a broken model from a broken record. Not
 * thread-safe.
 */
final class FailureStreak {

  /** So many records of several devices in a row are not to blame any more. */
  static final int MODELS_FAULT = 16;

  private int length;
  private double firstDevice;
  private boolean isOfSeveralDevices;

  /** The model has scored a record. */
  void end() {
    length = 0;
  }

  /** It has failed on one more. */
  void add(TelemetryView view) {
    double device = view.deviceShare(0);
    if (length == 0) {
      firstDevice = device;
      isOfSeveralDevices = false;
    }
    isOfSeveralDevices |= device != firstDevice;
    length++;
  }

  /** Whether it is the model, and not the records. */
  boolean isOfTheModel() {
    return length >= MODELS_FAULT && isOfSeveralDevices;
  }
}
