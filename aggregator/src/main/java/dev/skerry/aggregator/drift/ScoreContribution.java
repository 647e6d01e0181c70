package dev.skerry.aggregator.drift;

import dev.skerry.aggregator.window.Contribution;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.DriftSubject;
import dev.skerry.schemas.model.Distribution;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Reference;
import java.util.Optional;

/** The scores of a detection, each in its bin; of a class of which nothing was found, 0. */
record ScoreContribution(References references) implements Contribution<Detection, Histograms> {

  @Override
  public void add(Detection detection, long appendMillis, Windows<Histograms> windows) {
    Optional<ModelContract> known =
        references.of(detection.getModel(), detection.getModelVersion());
    Reference reference = known.map(ModelContract::reference).orElse(null);
    if (reference == null || reference.scores().isEmpty()) {
      return;
    }
    Histograms histograms =
        windows.at(
            Subject.group(
                DriftSubject.SCORES,
                detection.getSiteId(),
                detection.getStream(),
                known.orElseThrow()),
            detection.getEventTime().toEpochMilli());
    histograms.addRecord(detection.getDeviceId());
    for (Distribution distribution : reference.scores()) {
      Float score = detection.getScores().get(distribution.name());
      histograms.add(distribution, score == null ? 0 : score);
    }
  }
}
