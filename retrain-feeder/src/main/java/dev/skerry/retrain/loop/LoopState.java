package dev.skerry.retrain.loop;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the circle is at a moment, as {@code GET /loop} says it. Immutable.
 *
 * @param stream of whose samples it is
 * @param phase what it does
 * @param labelled samples that have a label
 * @param fresh how many of them the last training did not have
 * @param trainsAt so many fresh ones start the next training; null where their number does not
 * @param classes samples of the latest dataset by what is true of them
 * @param dataset the latest one; null before the first
 * @param champion what the sites serve
 * @param first what they were set up with
 * @param unknown classes of the dataset that the champion does not know
 * @param training the one that runs; null where none does
 * @param outcomes of the last ten trainings, the oldest first
 */
public record LoopState(
    String stream,
    Phase phase,
    long labelled,
    long fresh,
    @Nullable Long trainsAt,
    SortedMap<String, Long> classes,
    @Nullable Dataset dataset,
    Model champion,
    Model first,
    List<String> unknown,
    @Nullable Training training,
    List<Outcome> outcomes) {

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** What the circle does. */
  public enum Phase {
    /** Samples and labels come in. */
    @JsonProperty("collecting")
    COLLECTING,
    /** A candidate is made. */
    @JsonProperty("training")
    TRAINING,
    /** The gate looks at it. */
    @JsonProperty("judging")
    JUDGING,
    /** A site tries a release; nothing is trained until it has decided. */
    @JsonProperty("trial")
    TRIAL
  }

  /** A version of the dataset. */
  public record Dataset(int version, long samples) {}

  /**
   * A model.
   *
   * @param model its name
   * @param labels the classes that it knows
   */
  public record Model(String model, String version, List<String> labels) {
    public Model {
      labels = List.copyOf(labels);
    }
  }

  /**
   * A training that runs.
   *
   * @param version what its candidate is to call itself
   * @param trigger why it was begun
   * @param startedAtMillis since the epoch
   * @param line what it said last
   */
  public record Training(String version, String trigger, long startedAtMillis, String line) {}

  public LoopState {
    classes = new TreeMap<>(classes);
    unknown = List.copyOf(unknown);
    outcomes = List.copyOf(outcomes);
  }

  /** Classes that the sites serve by now and were not set up with. */
  public List<String> learnt() {
    return champion.labels().stream().filter(label -> !first.labels().contains(label)).toList();
  }

  /** In one line of JSON. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a state is always JSON", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote; throws {@link IllegalArgumentException} for anything else.
   */
  public static LoopState read(String json) {
    try {
      return JSON.readValue(json, LoopState.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no state of the circle: " + e.getMessage(), e);
    }
  }
}
