package dev.skerry.retrain.labels;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.SampleReason;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What is kept of a sample to list it: all but its payload and its attributes, which may say what a
 * labeller should find out.
 *
 * @param number rises with each sample that is read
 * @param place where the whole sample is
 * @param isFrame whether its payload is a picture
 * @param predicted what the model answered
 * @param classes what the model could have answered
 */
record ListedSample(
    long number,
    Place place,
    UUID sampleId,
    String site,
    String stream,
    String device,
    Instant eventTime,
    boolean isFrame,
    List<SampleReason> reasons,
    float uncertainty,
    String model,
    String modelVersion,
    String predicted,
    float confidence,
    Set<String> classes) {

  static ListedSample of(long number, Place place, RetrainingSample sample) {
    Detection answer = sample.getDetection();
    return new ListedSample(
        number,
        place,
        sample.getSampleId(),
        answer.getSiteId(),
        answer.getStream(),
        answer.getDeviceId(),
        sample.getTelemetry().getEventTime(),
        sample.getTelemetry().getPayload() instanceof Frame,
        List.copyOf(sample.getReasons()),
        sample.getUncertainty(),
        answer.getModel(),
        answer.getModelVersion(),
        answer.getLabel(),
        answer.getConfidence(),
        new TreeSet<>(answer.getScores().keySet()));
  }
}
