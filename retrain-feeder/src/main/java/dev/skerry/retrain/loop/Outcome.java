package dev.skerry.retrain.loop;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What came of a training: {@code outcome.json} beside its files. Immutable.
 *
 * @param datasetVersion what it was trained on
 * @param samples how many there were in it
 * @param model the candidate's name
 * @param version the candidate's version
 * @param trigger why it was trained
 * @param startedAtMillis since the epoch
 * @param seconds how long training and gate took
 * @param result what came of it
 * @param reason in one sentence, for people
 */
public record Outcome(
    @JsonProperty(required = true) int datasetVersion,
    @JsonProperty(required = true) long samples,
    @JsonProperty(required = true) String model,
    @JsonProperty(required = true) String version,
    @JsonProperty(required = true) String trigger,
    @JsonProperty(required = true) long startedAtMillis,
    @JsonProperty(required = true) double seconds,
    @JsonProperty(required = true) Result result,
    @JsonProperty(required = true) String reason) {

  /** The name of its file. */
  public static final String FILE = "outcome.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** What can come of a training. */
  public enum Result {
    /** There is no candidate. */
    FAILED,
    /** The gate did not let it pass. */
    REFUSED,
    /** It passed and is about to be published. */
    PASSED,
    /** Sites may take it. */
    PUBLISHED
  }

  Outcome with(Result other, String why) {
    return new Outcome(
        datasetVersion, samples, model, version, trigger, startedAtMillis, seconds, other, why);
  }

  /** Reads an outcome's file. */
  public static Outcome read(Path file) {
    try {
      return JSON.readValue(file.toFile(), Outcome.class);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is no outcome of a training", e);
    }
  }

  /** Beside and moved, so that there is never half of it. */
  void write(Path directory) throws IOException {
    Path making = directory.resolve(FILE + ".making");
    JSON.writeValue(making.toFile(), this);
    Files.move(
        making,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
