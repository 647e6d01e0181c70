package dev.skerry.retrain.labels;

import dev.skerry.schemas.Label;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.service.ConfigException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Labels of samples whose telemetry says itself what is true, in an attribute: a label column of a
 * replayed file, or the truth of a simulated device. Immutable.
 */
final class AutomaticLabels {

  /** Before the attribute's name in {@code labelledBy}. */
  static final String BY = "attribute ";

  private final Map<String, String> attributeByStream;
  private final Clock clock;

  private AutomaticLabels(Map<String, String> attributeByStream, Clock clock) {
    this.attributeByStream = attributeByStream;
    this.clock = clock;
  }

  /** Throws {@link ConfigException} for entries that are not {@code STREAM=ATTRIBUTE}. */
  static AutomaticLabels of(List<String> entries, Clock clock) {
    Map<String, String> attributes = new HashMap<>();
    StreamValues.parse("labels.automatic", entries)
        .forEach((stream, names) -> attributes.put(stream, only(stream, names)));
    return new AutomaticLabels(Map.copyOf(attributes), clock);
  }

  private static String only(String stream, Set<String> names) {
    if (names.size() > 1) {
      throw new ConfigException(
          "labels.automatic names " + names + " for " + stream + "; give one attribute");
    }
    return names.iterator().next();
  }

  /** What the sample's own telemetry says is true of it; empty where it says nothing. */
  Optional<Label> of(RetrainingSample sample) {
    String attribute = attributeByStream.get(sample.getTelemetry().getStream());
    if (attribute == null) {
      return Optional.empty();
    }
    String truth = sample.getTelemetry().getAttributes().get(attribute);
    if (truth == null || truth.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        Label.newBuilder()
            .setSampleId(sample.getSampleId())
            .setLabel(truth)
            .setLabelledBy(BY + attribute)
            .setLabelledAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .build());
  }
}
