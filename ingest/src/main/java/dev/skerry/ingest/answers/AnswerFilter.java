package dev.skerry.ingest.answers;

import dev.skerry.schemas.Detection;
import dev.skerry.service.ConfigException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which detections are passed on. Immutable. */
final class AnswerFilter {

  private final Optional<Set<String>> labels;
  private final Set<String> exceptLabels;
  private final Optional<Set<String>> streams;
  private final float minConfidence;

  /**
   * Takes its rules from the configuration.
   *
   * @param prefix where the keys stand, for what is said of wrong ones
   */
  AnswerFilter(AnswersConfig.Filter config, String prefix) {
    this.labels = config.labels().map(Set::copyOf);
    this.exceptLabels = Set.copyOf(config.exceptLabels().orElse(List.of()));
    this.streams = config.streams().map(Set::copyOf);
    this.minConfidence = config.minConfidence();
    if (!(minConfidence >= 0 && minConfidence <= 1)) {
      throw new ConfigException(prefix + ".min-confidence is " + minConfidence + ", not 0 to 1");
    }
  }

  boolean admits(Detection detection) {
    return detection.getConfidence() >= minConfidence
        && labels.map(some -> some.contains(detection.getLabel())).orElse(true)
        && !exceptLabels.contains(detection.getLabel())
        && streams.map(some -> some.contains(detection.getStream())).orElse(true);
  }
}
