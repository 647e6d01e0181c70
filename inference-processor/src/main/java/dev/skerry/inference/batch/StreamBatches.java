package dev.skerry.inference.batch;

import dev.skerry.inference.canary.CanaryTally;
import dev.skerry.inference.decode.TelemetryView;
import dev.skerry.inference.lineup.StreamModels;
import dev.skerry.inference.model.GoldenCheck;
import dev.skerry.inference.model.ScoringException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one stream. Where a canary is tried, it answers a share of the devices, and of a
 * share of all records the other of the two has the scores as well. What the canary cannot score
 * the champion answers, in the same round. Not thread-safe: one per worker and stream.
 */
final class StreamBatches {

  /** Every so many slices both run on the same number of rows, one right after the other. */
  private static final int SLICES_PER_TIMING = 8;

  private final ModelBatch champion;
  private final @Nullable Trial trial;

  /** A canary, and what is seen of it. */
  private static final class Trial {
    private final StreamModels.Canary canary;
    private final ModelBatch batch;
    private final CanaryTally tally;
    private int slices;

    Trial(StreamModels.Canary canary, ModelBatch batch) {
      this.canary = canary;
      this.batch = batch;
      this.tally = new CanaryTally(canary.evidence());
      batch.triedIn(tally);
    }

    boolean answers(TelemetryView view) {
      return view.deviceShare(canary.salt()) < canary.deviceShare();
    }

    boolean isCompared(TelemetryView view) {
      return view.recordShare(canary.salt()) < canary.shadowShare();
    }
  }

  /**
   * The batches of a stream.
   *
   * @param canary null where none is tried
   */
  StreamBatches(
      ModelBatch champion, StreamModels.@Nullable Canary canary, @Nullable ModelBatch batch) {
    this.champion = champion;
    this.trial = canary == null || batch == null ? null : new Trial(canary, batch);
  }

  List<ModelBatch> batches() {
    return trial == null ? List.of(champion) : List.of(champion, trial.batch);
  }

  boolean serves(TelemetryView view) {
    return champion.serves(view);
  }

  /** The champion must have room for all that the canary holds. */
  boolean isFull() {
    return trial == null
        ? champion.isFull()
        : champion.size() + trial.batch.size() >= champion.capacity() || trial.batch.isFull();
  }

  Outcome add(Row row) {
    return trial == null ? champion.add(row) : add(row, trial);
  }

  private Outcome add(Row row, Trial tried) {
    boolean byCanary = tried.answers(row.view());
    Outcome outcome = (byCanary ? tried.batch : champion).add(row);
    if (outcome instanceof Outcome.Rejected && byCanary) {
      Outcome instead = champion.add(row);
      tried.tally.given(1, instead instanceof Outcome.Placed ? 1 : 0);
      return instead;
    }
    if (outcome instanceof Outcome.Placed && tried.isCompared(row.view())) {
      (byCanary ? champion : tried.batch).addShadow(row);
    }
    return outcome;
  }

  /** Scores all rows; throws {@link BrokenChampionException} when the champion cannot. */
  void score() {
    if (trial == null) {
      scoreChampion();
    } else {
      score(trial);
    }
  }

  private void scoreChampion() {
    if (champion.size() > 0) {
      try {
        champion.score();
      } catch (BrokenModelException e) {
        throw new BrokenChampionException(champion.model(), e);
      }
    }
  }

  private void score(Trial tried) {
    int timed = champion.size();
    long canaryNanos = tried.slices++ % SLICES_PER_TIMING == 0 ? time(tried.batch, timed) : 0;
    int given = tried.batch.size();
    int fallenBack = given == 0 ? 0 : scoreCanary(tried);
    scoreChampion();
    if (given > 0) {
      tried.tally.given(given, blamed(fallenBack));
    }
    if (canaryNanos > 0 && champion.size() == timed) {
      tried.tally.run(champion.computeNanos(), canaryNanos);
    }
  }

  /**
   * What rows hold makes no difference to the time; those of the canary are not touched. The first
   * run of so many rows is not counted: the session lays out its memory for them.
   */
  private static long time(ModelBatch canary, int rows) {
    if (rows < 1 || rows > canary.capacity()) {
      return 0;
    }
    try {
      canary.time(rows);
      return canary.time(rows);
    } catch (ScoringException e) {
      return 0; // That it fails is seen when it scores.
    }
  }

  /** Returns how many rows failed; their records are the champion's now. */
  private int scoreCanary(Trial tried) {
    Map<Integer, ScoringException> thrown;
    try {
      thrown = tried.batch.scoreAlone();
    } catch (BrokenModelException e) {
      thrown = Map.of();
      tried.tally.broken();
    }
    int failed = 0;
    boolean allScored = thrown.isEmpty() && tried.batch.areAllScored();
    for (int row = 0; row < tried.batch.size() && !allScored; row++) {
      if (thrown.containsKey(row) || !tried.batch.isScored(row)) {
        failed++;
        fallBack(tried.batch, row);
      }
    }
    if (failed * 2 >= tried.batch.size() && failed > 0) {
      Optional<String> problem = GoldenCheck.problem(tried.batch.model());
      problem.ifPresent(found -> tried.tally.broken());
    }
    return failed;
  }

  private void fallBack(ModelBatch canary, int index) {
    Row row = canary.row(index);
    boolean wasShadow = canary.isShadow(index);
    Outcome.Placed inChampion = row.shadow();
    row.shadow(null);
    if (!wasShadow) {
      row.end(inChampion == null ? champion.add(row) : champion.take(inChampion));
    }
  }

  /** A record on which the champion fails too says nothing of the canary. */
  private int blamed(int failed) {
    int failedToo = 0;
    for (int row = 0; row < champion.size() && failed > 0; row++) {
      failedToo += champion.row(row).outcome() instanceof Outcome.Rejected ? 1 : 0;
    }
    return Math.max(0, failed - failedToo);
  }

  void clear() {
    champion.clear();
    if (trial != null) {
      trial.batch.clear();
    }
  }

  /** What is seen of the canary of this stream; null where none is tried. */
  @Nullable CanaryTally tally() {
    return trial == null ? null : trial.tally;
  }
}
