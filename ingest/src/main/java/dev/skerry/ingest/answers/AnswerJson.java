package dev.skerry.ingest.answers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.skerry.schemas.Box;
import dev.skerry.schemas.Detection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** A detection as JSON, with the names of its schema; times are ISO 8601. Thread-safe. */
final class AnswerJson {

  private static final JsonFactory JSON = new JsonFactory();

  private AnswerJson() {}

  static byte[] of(Detection detection) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      writeWho(json, detection);
      writeAnswer(json, detection);
      json.writeObjectFieldStart("source");
      json.writeStringField("topic", detection.getSource().getTopic());
      json.writeNumberField("partition", detection.getSource().getPartition());
      json.writeNumberField("offset", detection.getSource().getOffset());
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static void writeWho(JsonGenerator json, Detection detection) throws IOException {
    json.writeStringField("deviceId", detection.getDeviceId());
    json.writeStringField("siteId", detection.getSiteId());
    json.writeStringField("stream", detection.getStream());
    json.writeStringField("eventTime", detection.getEventTime().toString());
    json.writeNumberField("bootEpoch", detection.getBootEpoch());
    json.writeNumberField("sequence", detection.getSequence());
    json.writeStringField("inferredAt", detection.getInferredAt().toString());
    json.writeStringField("model", detection.getModel());
    json.writeStringField("modelVersion", detection.getModelVersion());
    json.writeStringField("role", detection.getRole().name());
  }

  private static void writeAnswer(JsonGenerator json, Detection detection) throws IOException {
    json.writeStringField("label", detection.getLabel());
    writeFloat(json, "confidence", detection.getConfidence());
    writeFloat(json, "uncertainty", detection.getUncertainty());
    json.writeBooleanField("lowConfidence", detection.getLowConfidence());
    json.writeObjectFieldStart("scores");
    for (Map.Entry<String, Float> score : new TreeMap<>(detection.getScores()).entrySet()) {
      writeFloat(json, score.getKey(), score.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("boxes");
    for (Box box : detection.getBoxes()) {
      json.writeStartObject();
      json.writeStringField("label", box.getLabel());
      writeFloat(json, "confidence", box.getConfidence());
      writeFloat(json, "x", box.getX());
      writeFloat(json, "y", box.getY());
      writeFloat(json, "width", box.getWidth());
      writeFloat(json, "height", box.getHeight());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** JSON has no word for what is no finite number. */
  private static void writeFloat(JsonGenerator json, String name, float value) throws IOException {
    if (Float.isFinite(value)) {
      json.writeNumberField(name, value);
    } else {
      json.writeNullField(name);
    }
  }
}
