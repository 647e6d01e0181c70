package dev.skerry.inference.metrics;

import dev.skerry.inference.batch.ModelBatch;
import dev.skerry.inference.batch.Outcome;
import dev.skerry.inference.batch.Slice;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.DeadLetterReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What was answered in a round that is not committed yet; one that is rolled back never counts. Not
 * thread-safe: one per worker.
 */
public final class Tally {

  private final List<Batch> batches = new ArrayList<>();
  private final Map<DeadLetterReason, Integer> deadLetters = new EnumMap<>(DeadLetterReason.class);

  private final Map<String, Integer> ignored = new HashMap<>();
  private long misdeclaredFrames;
  private long diverted;

  /** One run of a model. */
  record Batch(ServedModel model, int size, int capacity, int detections, long computeNanos) {}

  /** Adds a slice that was scored. */
  public void add(Slice slice) {
    for (ModelBatch batch : slice.batches()) {
      misdeclaredFrames += batch.misdeclared();
      if (batch.size() > 0) {
        batches.add(
            new Batch(
                batch.model(),
                batch.size(),
                batch.capacity(),
                batch.answered(),
                batch.computeNanos()));
      }
    }
    for (int i = 0; i < slice.size(); i++) {
      Outcome outcome = slice.row(i).outcome();
      if (outcome instanceof Outcome.Rejected rejected) {
        deadLetters.merge(rejected.reason(), 1, Integer::sum);
      } else if (outcome instanceof Outcome.Ignored unserved) {
        ignored.merge(unserved.stream(), 1, Integer::sum);
      } else if (outcome instanceof Outcome.Diverted) {
        diverted++;
      }
    }
  }

  /** Forgets everything. */
  public void clear() {
    batches.clear();
    deadLetters.clear();
    ignored.clear();
    misdeclaredFrames = 0;
    diverted = 0;
  }

  void ignored(BiConsumer<String, Integer> consumer) {
    ignored.forEach(consumer);
  }

  void batches(Consumer<Batch> consumer) {
    batches.forEach(consumer);
  }

  /** Frames whose records said another size than their images have. */
  long misdeclaredFrames() {
    return misdeclaredFrames;
  }

  /** Records that were left to the cloud. */
  long diverted() {
    return diverted;
  }

  void deadLetters(BiConsumer<DeadLetterReason, Integer> consumer) {
    deadLetters.forEach(consumer);
  }
}
