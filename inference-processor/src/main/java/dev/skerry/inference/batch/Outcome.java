package dev.skerry.inference.batch;

import dev.skerry.schemas.DeadLetterReason;

/** What happens to a record: a model answers it, or it becomes a dead letter. */
public sealed interface Outcome {

  /**
   * A model answers it.
   *
   * @param batch where its input lies and its scores will lie
   * @param index its row in the batch, 0 and up
   */
  record Placed(ModelBatch batch, int index) implements Outcome {

    /** One of its scores, once the batch was scored. */
    public float score(int label) {
      return batch.score(index, label);
    }
  }

  /**
   * It becomes a dead letter.
   *
   * @param reason why, for machines
   * @param detail why, for people, in one sentence
   */
  record Rejected(DeadLetterReason reason, String detail) implements Outcome {}
}
