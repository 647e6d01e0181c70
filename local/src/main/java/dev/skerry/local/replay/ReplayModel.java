package dev.skerry.local.replay;

import dev.skerry.ingest.replay.ReplayOptions;
import dev.skerry.ingest.replay.RowReplay;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.retrain.train.anomaly.AnomalyOptions;
import dev.skerry.retrain.train.anomaly.AnomalyTraining;
import dev.skerry.retrain.train.anomaly.FittedAnomalyModel;
import dev.skerry.retrain.train.data.TrainingDataException;
import dev.skerry.retrain.train.graph.ModelFile;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.ReadingsInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A model that answers a replay, and the replay with the windows that it takes.
 *
 * @param file the model
 * @param request what is replayed
 * @param explanation what was done to get it, for people, in one sentence
 */
public record ReplayModel(Path file, ReplayRequest request, String explanation) {

  private static final int FIRST_WINDOWS = 60;
  private static final int WINDOWS_OVERLAP = 10;
  private static final long MAX_WINDOWS = 20_000;

  /** The user's own model, checked against the files. */
  public static ReplayModel given(Path file, ReplayRequest asked) {
    ModelContract contract = contract(file);
    if (!(contract.input() instanceof ReadingsInput input)) {
      throw new SiteRefusedException(
          "The model %s takes frames, and a replay of files gives readings"
              .formatted(contract.name()));
    }
    ReplayRequest request = asked.withDefaults(contract.stream(), input.steps());
    ReplayOptions options = request.options();
    try (RowReplay replay = RowReplay.open(options)) {
      List<String> channels = replay.channels();
      if (channels.size() != input.channels().size() || options.sizeRows() != input.steps()) {
        throw new SiteRefusedException(
            "The model %s takes %d channels %s in windows of %d rows, and the files give %d channels %s in windows of %d: choose them with -- --channels and --size"
                .formatted(
                    contract.name(),
                    input.channels().size(),
                    input.channels(),
                    input.steps(),
                    channels.size(),
                    channels,
                    options.sizeRows()));
      }
    }
    if (!request.stream().equals(contract.stream())) {
      throw new SiteRefusedException(
          "The model %s answers the stream %s, not %s: leave out --stream"
              .formatted(contract.name(), contract.stream(), request.stream()));
    }
    return new ReplayModel(
        file, request, "The model " + contract.name() + " answers the stream " + contract.stream());
  }

  /** An anomaly model fitted on the first rows of each device, which are taken for normal. */
  public static ReplayModel fitted(Path file, ReplayRequest asked) {
    ReplayRequest request = asked.withDefaults(asked.stream(), ReplayOptions.DEFAULT_SIZE_ROWS);
    int sizeRows = request.options().sizeRows();
    int hopRows = Math.max(1, sizeRows / WINDOWS_OVERLAP);
    try (RowReplay replay = RowReplay.open(request.options(hopRows, MAX_WINDOWS))) {
      FittedAnomalyModel model =
          AnomalyTraining.fit(
              () -> replay,
              AnomalyOptions.standard(request.stream())
                  .withChannels(replay.channels())
                  .withFirstWindows(FIRST_WINDOWS));
      Files.createDirectories(file.toAbsolutePath().getParent());
      model.write(file);
      return new ReplayModel(
          file,
          request,
          "No --model was given: an anomaly model was fitted on the first "
              + (sizeRows + (FIRST_WINDOWS - 1) * hopRows)
              + " rows of each device, taken for normal ("
              + file
              + ")");
    } catch (TrainingDataException e) {
      throw new SiteRefusedException(
          "No model can be fitted on these files, and no --model was given: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelContract contract(Path file) {
    try {
      return ModelFile.contract(Files.readAllBytes(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new SiteRefusedException(
          "The model file " + file + " cannot be used: " + e.getMessage(), e);
    }
  }
}
