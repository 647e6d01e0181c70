package dev.skerry.bench.prove.loop;

import dev.skerry.ingest.simulate.Population;
import dev.skerry.ingest.simulate.VibrationFleet;
import dev.skerry.retrain.train.data.Window;
import dev.skerry.retrain.train.graph.GraphSession;
import dev.skerry.retrain.train.graph.ModelFile;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.ModelContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Machines that no site has, in all conditions.
 *
 * @param seed of the fleet
 */
record UnseenMachines(long seed) {

  private static final int MACHINES = 300;
  private static final long WINDOWS = 10;

  /** So that they are none of those that any model was made with. */
  private static final long SEED_OFFSET = 1_000;

  /**
   * How a model does.
   *
   * @param byClass the share of each class's windows that it names
   */
  record Recalls(
      String version, long windows, double accuracy, SortedMap<String, Double> byClass) {}

  Recalls recalls(Path model) {
    try {
      byte[] bytes = Files.readAllBytes(model);
      ModelContract contract = ModelFile.contract(bytes);
      try (GraphSession session =
          new GraphSession(
              bytes,
              contract.readings().name(),
              contract.readings().channels().size(),
              contract.readings().steps())) {
        return recalls(contract, session);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Recalls recalls(ModelContract contract, GraphSession session) {
    SortedMap<String, long[]> counts = new TreeMap<>();
    long right = 0;
    long windows = 0;
    for (Telemetry telemetry :
        VibrationFleet.labelled(SEED_OFFSET + seed, Population.HELD_OUT, MACHINES, WINDOWS)) {
      String truth = telemetry.getAttributes().getOrDefault(VibrationFleet.FAULT, "");
      float[] scores = session.run(List.of(Window.of(telemetry).values()))[0];
      boolean isRight = contract.labels().get(best(scores)).equals(truth);
      long[] of = counts.computeIfAbsent(truth, name -> new long[2]);
      of[0]++;
      of[1] += isRight ? 1 : 0;
      windows++;
      right += isRight ? 1 : 0;
    }
    SortedMap<String, Double> byClass = new TreeMap<>();
    counts.forEach((truth, of) -> byClass.put(truth, (double) of[1] / of[0]));
    return new Recalls(contract.version(), windows, (double) right / windows, byClass);
  }

  private static int best(float[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return best;
  }
}
