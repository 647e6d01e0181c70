package dev.skerry.schemas.model;

import static dev.skerry.schemas.model.Rule.require;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A float tensor of shape batch × channels × steps, values as in {@code Readings.values}.
 *
 * @param name the tensor's name in the graph
 * @param channels what each channel is, with its unit
 * @param steps time steps in each channel, 1 and up
 * @param sampleRateHz steps per second that the model was trained on; 0 where it does not matter
 * @param normalise what is done to each channel before the model sees it; null for nothing
 * @param ranges what values of each channel the model knows, in the channel's unit; empty where
 *     that is not known
 */
@JsonDeserialize(using = JsonDeserializer.None.class)
public record ReadingsInput(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) List<String> channels,
    @JsonProperty(required = true) int steps,
    @JsonProperty(required = true) float sampleRateHz,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Normalisation normalise,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ValueRange> ranges)
    implements Input {

  static final String KIND = "readings";

  private static final int MAX_ELEMENTS = 1 << 24;

  public ReadingsInput {
    Rule.requireText(name, "input.name");
    require(!channels.isEmpty(), "input.channels", "must name at least one channel");
    require(steps > 0, "input.steps", "must be 1 or more, not " + steps);
    Rule.requireBetween(
        (long) channels.size() * steps, 1, MAX_ELEMENTS, "input.channels times input.steps");
    require(
        sampleRateHz >= 0 && Float.isFinite(sampleRateHz),
        "input.sampleRateHz",
        "must be 0 or more, not " + sampleRateHz);
    require(
        normalise == null || normalise.shift().size() == channels.size(),
        "input.normalise",
        "must have one entry for each of the " + channels.size() + " channels");
    require(
        ranges.isEmpty() || ranges.size() == channels.size(),
        "input.ranges",
        "must have one entry for each of the " + channels.size() + " channels");
    channels = List.copyOf(channels);
    ranges = List.copyOf(ranges);
  }

  /** Readings that the model takes as they are. */
  public ReadingsInput(String name, List<String> channels, int steps, float sampleRateHz) {
    this(name, channels, steps, sampleRateHz, null, List.of());
  }

  @Override
  public long[] shape() {
    return new long[] {channels.size(), steps};
  }

  /** Channels × steps. */
  @Override
  public int elements() {
    return channels.size() * steps;
  }
}
