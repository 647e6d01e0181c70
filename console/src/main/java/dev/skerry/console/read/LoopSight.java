package dev.skerry.console.read;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the circle from doubts to a better model stands, as the process says that makes datasets of
 * samples, trains, judges and publishes. Immutable.
 *
 * @param phase collecting, training, judging or trial
 * @param labelled samples with a label
 * @param fresh those of them that no training has seen
 * @param trainsAt so many fresh ones begin the next training; null where none does
 * @param dataset the latest version; null before there is one
 * @param unknown classes of that version that the champion does not know
 * @param training what runs now; null where nothing does
 * @param outcomes what came of the last trainings, the oldest first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LoopSight(
    String stream,
    String phase,
    long labelled,
    long fresh,
    @Nullable Long trainsAt,
    @Nullable Dataset dataset,
    @Nullable Champion champion,
    List<String> unknown,
    @Nullable Training training,
    List<Outcome> outcomes) {

  private static final Logger log = LoggerFactory.getLogger(LoopSight.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A version of the dataset. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Dataset(int version, long samples) {}

  /** The model that a candidate has to beat. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Champion(String model, String version) {}

  /**
   * A training that runs.
   *
   * @param trigger why it was begun
   * @param line what it said last; null before it said anything
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Training(String version, String trigger, @Nullable String line) {}

  /**
   * A training that ended.
   *
   * @param result failed, refused, passed or published, in capitals
   * @param reason in one sentence, for people
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Outcome(
      int datasetVersion,
      long samples,
      String model,
      String version,
      String trigger,
      long startedAtMillis,
      double seconds,
      String result,
      String reason) {}

  /** Takes lists that are not there for empty ones. */
  public LoopSight {
    stream = Objects.requireNonNullElse(stream, "");
    phase = Objects.requireNonNullElse(phase, "");
    unknown = List.copyOf(Objects.requireNonNullElse(unknown, List.of()));
    outcomes = List.copyOf(Objects.requireNonNullElse(outcomes, List.of()));
  }

  /** From what {@code /loop} answers; empty where that cannot be read. */
  static Optional<LoopSight> parse(String answer) {
    try {
      return Optional.of(JSON.readValue(answer, LoopSight.class));
    } catch (JsonProcessingException e) {
      log.debug("What a part says of retraining cannot be read", e);
      return Optional.empty();
    }
  }
}
