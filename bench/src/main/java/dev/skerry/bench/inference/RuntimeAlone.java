package dev.skerry.bench.inference;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.subject.StreamsTuning;
import dev.skerry.bench.subject.Subject;
import dev.skerry.bench.workload.ScoredStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** ONNX Runtime alone at the batch sizes that the processor had. */
final class RuntimeAlone {

  /** Where the processor is not part of the comparison. */
  private static final double DEFAULT_BATCH = 512;

  private final Stage stage;
  private final long records;

  RuntimeAlone(Stage stage, long records) {
    this.stage = stage;
    this.records = records;
  }

  BacklogFigures run(int number, Map<String, Double> batchSizes) throws InterruptedException {
    Subject.Place place = stage.place(Subject.ORT, "", StreamsTuning.DEFAULTS);
    Path result = stage.directory().resolve(place.group() + ".result");
    Properties configuration = new Properties();
    configuration.put("models", place.models().toString());
    configuration.put("result", result.toString());
    for (ScoredStream stream : stage.workload().streams()) {
      long batch = Math.max(1, Math.round(batchSizes.getOrDefault(stream.stream(), DEFAULT_BATCH)));
      configuration.put("batch." + stream.stream(), Long.toString(batch));
      configuration.put(
          "records." + stream.stream(), Long.toString(records / 100 * stream.percent()));
    }
    try (ChildJvm process = Subject.ORT.start(place.group(), stage.directory(), configuration)) {
      process.awaitEnd();
    }
    Properties measured = read(result);
    double cpuNanos = Double.parseDouble(measured.getProperty("cpuNanos"));
    double wallNanos = Double.parseDouble(measured.getProperty("wallNanos"));
    return new BacklogFigures(
        Subject.ORT,
        number,
        records / (wallNanos / 1e9),
        cpuNanos / 1e3 / records,
        0,
        0,
        batchSizes,
        null);
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
