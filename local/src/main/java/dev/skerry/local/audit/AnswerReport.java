package dev.skerry.local.audit;

/**
 * Whether every telemetry record has exactly one answer.
 *
 * @param telemetry records that asked
 * @param frames how many of them are frames
 * @param detections answers by a model
 * @param deadLetters answers that say why there is none
 * @param overflowed records that were left to the cloud, which is an answer too
 * @param unanswered telemetry without an answer
 * @param doubled answers to telemetry that had one already
 * @param unasked answers to telemetry that is not part of the run
 */
public record AnswerReport(
    long telemetry,
    long frames,
    long detections,
    long deadLetters,
    long overflowed,
    long unanswered,
    long doubled,
    long unasked) {

  /** Exactly one answer for each record, and none besides. */
  public boolean addsUp() {
    return unanswered == 0
        && doubled == 0
        && unasked == 0
        && telemetry == detections + deadLetters + overflowed;
  }
}
