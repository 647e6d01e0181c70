package dev.skerry.inference.batch;

import dev.skerry.inference.task.ModelRow;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.model.FrameFit;
import java.nio.FloatBuffer;

/** What happens to a record: a model answers it, it becomes a dead letter, or it is ignored. */
public sealed interface Outcome {

  /**
   * A model answers it.
   *
   * @param batch where its input lies and its scores will lie
   * @param index its row in the batch, 0 and up
   */
  record Placed(ModelBatch batch, int index) implements Outcome, ModelRow {

    @Override
    public FloatBuffer output() {
      return batch.output();
    }

    @Override
    public int outputOffset() {
      return batch.outputOffset(index);
    }

    @Override
    public FloatBuffer input() {
      return batch.input();
    }

    @Override
    public int inputOffset() {
      return batch.inputOffset(index);
    }

    @Override
    public FrameFit fit() {
      return batch.fit(index);
    }

    /** Whether a value lies outside the ranges that the model's contract names. */
    public boolean isOutOfRange() {
      return batch.isOutOfRange(index);
    }
  }

  /**
   * It becomes a dead letter.
   *
   * @param reason why, for machines
   * @param detail why, for people, in one sentence
   */
  record Rejected(DeadLetterReason reason, String detail) implements Outcome {}

  /**
   * No model serves its stream, and it is configured that such records are only counted.
   *
   * @param stream the stream, or {@link UnservedStreams#OTHER}
   */
  record Ignored(String stream) implements Outcome {}

  /** It is left to the cloud. */
  record Diverted() implements Outcome {}
}
