package dev.skerry.retrain.train.candidate;

import dev.skerry.retrain.dataset.DatasetException;
import dev.skerry.retrain.dataset.DatasetManifest;
import dev.skerry.retrain.dataset.DatasetVersion;
import dev.skerry.retrain.dataset.Split;
import dev.skerry.retrain.train.Progress;
import dev.skerry.retrain.train.data.FeatureTable;
import dev.skerry.retrain.train.data.TrainingDataException;
import dev.skerry.retrain.train.graph.ModelFile;
import dev.skerry.retrain.train.vibration.TrainedClassifier;
import dev.skerry.retrain.train.vibration.VibrationTraining;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.InvalidContractException;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.OnnxFile;
import dev.skerry.schemas.model.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The embedded trainer of the classifier of machine faults: the dataset and what was known before
 * go through the same graph of features that serves. What the dataset has of a class is repeated
 * until it weighs as much as a usual class of the known data, up to a limit. The same inputs give
 * the same bytes. Immutable.
 *
 * @param known what the first model was made of
 * @param minClassSamples a class that is new needs so many samples to train on
 * @param minClassHeldBack and so many to be judged by
 * @param seed of the training
 */
public record VibrationTrainer(
    KnownData known, int minClassSamples, int minClassHeldBack, long seed) implements Trainer {

  private static final int MOST_REPETITIONS = 4;

  @Override
  public void train(TrainingJob job, Progress progress) {
    try {
      ModelContract champion = OnnxFile.read(job.champion()).contract();
      List<String> labels = labels(champion, job.dataset().manifest(), progress);
      TrainedClassifier trained =
          VibrationTraining.standard(seed)
              .with(labels, champion.thresholds())
              .withVersion(job.version())
              .train(
                  training(job.dataset(), labels),
                  new InTurn(
                      List.of(samples(job.dataset(), Split.VALIDATION, labels), known.toJudgeBy())),
                  progress);
      Files.write(job.out(), withInputReference(trained.onnx(), champion.reference()));
      progress.report(trained.summary());
    } catch (TrainingDataException | DatasetException | InvalidContractException e) {
      throw new TrainingFailedException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new TrainingFailedException(job.out() + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** Those of the champion in their order, then the new ones of which there is enough. */
  private List<String> labels(ModelContract champion, DatasetManifest dataset, Progress progress) {
    List<String> labels = new ArrayList<>(champion.labels());
    for (String label : dataset.labels()) {
      long samples = dataset.count(Split.TRAIN, label);
      if (labels.contains(label) || label.isEmpty()) {
        continue;
      }
      long heldBack = dataset.count(Split.VALIDATION, label);
      if (samples >= minClassSamples && heldBack >= minClassHeldBack) {
        labels.add(label);
        progress.report(
            "a new class: %s, %d samples to train on, %d to be judged by"
                .formatted(label, samples, heldBack));
      } else {
        progress.report(
            "left out: %s, of which %d samples to train on and %d to be judged by are too few"
                .formatted(label, samples, heldBack));
      }
    }
    return List.copyOf(labels);
  }

  private Iterable<Telemetry> training(DatasetVersion dataset, List<String> labels) {
    Map<String, Long> knownCounts = counts(known.toTrainOn());
    List<Telemetry> samples = samples(dataset, Split.TRAIN, labels);
    Map<String, Long> counts = counts(samples);
    long usual = median(knownCounts.values());
    List<Telemetry> repeated = new ArrayList<>();
    for (Telemetry sample : samples) {
      String label = label(sample);
      double missing = (double) usual - knownCounts.getOrDefault(label, 0L);
      long times = Math.round(missing / counts.getOrDefault(label, 1L));
      for (long i = 0; i < Math.max(1, Math.min(MOST_REPETITIONS, times)); i++) {
        repeated.add(sample);
      }
    }
    return new InTurn(List.of(known.toTrainOn(), repeated));
  }

  /** The lower one of two: most windows are of machines that are well, and faults compare. */
  private static long median(Collection<Long> counts) {
    List<Long> sorted = counts.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) / 2);
  }

  private static Map<String, Long> counts(Iterable<Telemetry> data) {
    Map<String, Long> counts = new HashMap<>();
    data.forEach(telemetry -> counts.merge(label(telemetry), 1L, Long::sum));
    return counts;
  }

  private static List<Telemetry> samples(DatasetVersion dataset, Split split, List<String> labels) {
    List<Telemetry> samples = dataset.telemetry(split);
    samples.removeIf(sample -> !labels.contains(label(sample)));
    return samples;
  }

  private static String label(Telemetry telemetry) {
    return telemetry.getAttributes().getOrDefault(FeatureTable.LABEL, "");
  }

  /**
   * What devices send is what it was; what the new model says of it is not known before it serves,
   * so that drift of its scores is not watched until somebody gives it a reference.
   */
  private static byte[] withInputReference(byte[] model, @Nullable Reference champion) {
    return champion == null || champion.inputs().isEmpty()
        ? model
        : ModelFile.withReference(model, new Reference(List.of(), champion.inputs()));
  }

  private record InTurn(List<Iterable<Telemetry>> parts) implements Iterable<Telemetry> {

    @Override
    public Iterator<Telemetry> iterator() {
      Iterator<Iterable<Telemetry>> rest = parts.iterator();
      return new Iterator<>() {
        private Iterator<Telemetry> current = List.<Telemetry>of().iterator();

        @Override
        public boolean hasNext() {
          while (!current.hasNext() && rest.hasNext()) {
            current = rest.next().iterator();
          }
          return current.hasNext();
        }

        @Override
        public Telemetry next() {
          return current.next();
        }
      };
    }
  }
}
