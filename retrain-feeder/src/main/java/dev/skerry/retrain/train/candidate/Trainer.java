package dev.skerry.retrain.train.candidate;

import dev.skerry.retrain.train.Progress;

/** Makes a candidate of a dataset. */
public interface Trainer {

  /**
   * Trains; the candidate is in the job's file when it returns.
   *
   * @throws TrainingFailedException where there is none
   */
  void train(TrainingJob job, Progress progress) throws InterruptedException;

  /** The candidate's file was not made; the message says why, in one sentence. */
  final class TrainingFailedException extends RuntimeException {

    public TrainingFailedException(String message) {
      super(message);
    }

    public TrainingFailedException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
