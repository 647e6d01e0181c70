package dev.skerry.bench.subject;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.skerry.schemas.model.ModelContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** ONNX Runtime sessions by stream, with the options that the processor uses too. Thread-safe. */
final class Sessions {

  private final Map<String, Scored> byStream = new HashMap<>();

  /** A session and what its model says of itself. */
  record Scored(OrtSession session, ModelContract contract) {}

  /** Opens every model file of the directory. */
  static Sessions open(Path directory) {
    Sessions sessions = new Sessions();
    for (Path file : files(directory)) {
      Scored scored = open(OrtEnvironment.getEnvironment(), file);
      sessions.byStream.put(scored.contract().stream(), scored);
    }
    return sessions;
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(path -> path.toString().endsWith(".onnx")).sorted().toList();
    } catch (IOException e) {
      throw new IllegalArgumentException("The models in " + directory + " cannot be read", e);
    }
  }

  private static Scored open(OrtEnvironment environment, Path file) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      OrtSession session = environment.createSession(file.toString(), options);
      String json =
          session.getMetadata().getCustomMetadataValue(ModelContract.METADATA_KEY).orElseThrow();
      return new Scored(session, ModelContract.fromJson(json));
    } catch (OrtException e) {
      throw new IllegalArgumentException("The model " + file + " cannot be run", e);
    }
  }

  Scored of(String stream) {
    Scored scored = byStream.get(stream);
    if (scored == null) {
      throw new IllegalArgumentException("No model answers " + stream);
    }
    return scored;
  }
}
