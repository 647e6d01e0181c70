package dev.skerry.retrain.labels;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.RetrainingSample;
import java.util.Set;
import java.util.SortedMap;

/**
 * Samples as JSON shows them. The telemetry's attributes are left out: they may say what a labeller
 * should find out. Thread-safe.
 */
final class SampleJson {

  private final ObjectMapper json;

  SampleJson(ObjectMapper json) {
    this.json = json;
  }

  /** A page of the list. */
  ObjectNode page(SampleIndex.Page page, SampleIndex.Counts counts) {
    ObjectNode answer = json.createObjectNode();
    ArrayNode samples = answer.putArray("samples");
    page.entries().forEach(entry -> samples.add(listed(entry)));
    page.before().ifPresent(before -> answer.put("before", before));
    answer.set("counts", counts(counts));
    return answer;
  }

  /** A sample as the list shows it. */
  ObjectNode listed(SampleIndex.Entry entry) {
    ListedSample sample = entry.sample();
    ObjectNode node =
        json.createObjectNode()
            .put("sampleId", sample.sampleId().toString())
            .put("number", sample.number())
            .put("site", sample.site())
            .put("stream", sample.stream())
            .put("device", sample.device())
            .put("eventTime", sample.eventTime().toString())
            .put("kind", sample.isFrame() ? "frame" : "readings")
            .put("uncertainty", sample.uncertainty())
            .put("model", sample.model())
            .put("modelVersion", sample.modelVersion())
            .put("predicted", sample.predicted())
            .put("confidence", sample.confidence());
    ArrayNode reasons = node.putArray("reasons");
    sample.reasons().forEach(reason -> reasons.add(reason.name()));
    entry.label().ifPresent(label -> LabelJson.write(label, node.putObject("label")));
    return node;
  }

  /** A sample with what is to be seen of it: readings, or where its picture is. */
  ObjectNode whole(SampleIndex.Entry entry, RetrainingSample sample) {
    ObjectNode node = listed(entry);
    ObjectNode scores = node.putObject("scores");
    sample.getDetection().getScores().forEach(scores::put);
    if (sample.getTelemetry().getPayload() instanceof Readings readings) {
      ObjectNode shown =
          node.putObject("readings")
              .put("channels", readings.getChannels())
              .put("steps", readings.getSteps())
              .put("sampleRateHz", readings.getSampleRateHz());
      ArrayNode values = shown.putArray("values");
      readings.getValues().forEach(values::add);
    } else if (sample.getTelemetry().getPayload() instanceof Frame frame) {
      node.putObject("frame")
          .put("width", frame.getWidth())
          .put("height", frame.getHeight())
          .put("encoding", frame.getEncoding().name())
          .put("image", "v1/samples/" + sample.getSampleId() + "/image");
    }
    return node;
  }

  /** The streams, with the classes that there are to choose from. */
  ObjectNode streams(SortedMap<String, Set<String>> classes, SampleIndex index) {
    ObjectNode answer = json.createObjectNode();
    ArrayNode streams = answer.putArray("streams");
    classes.forEach(
        (stream, names) -> {
          ObjectNode node = streams.addObject().put("stream", stream);
          ArrayNode offered = node.putArray("classes");
          names.forEach(offered::add);
          node.set("counts", counts(index.counts(stream)));
        });
    return answer;
  }

  private ObjectNode counts(SampleIndex.Counts counts) {
    return json.createObjectNode()
        .put("unlabelled", counts.unlabelled())
        .put("labelled", counts.labelled())
        .put("unusable", counts.unusable());
  }
}
