package dev.skerry.retrain.labels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.schemas.Box;
import dev.skerry.schemas.Label;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Labels as JSON says them, strictly: a field that is not known or does not fit is refused. */
final class LabelJson {

  private static final Set<String> FIELDS =
      Set.of("sampleId", "label", "value", "boxes", "unusable", "labelledBy", "comment");
  private static final Set<String> BOX_FIELDS = Set.of("label", "x", "y", "width", "height");
  private static final int MAX_TEXT = 200;
  private static final int MAX_BOXES = 1_000;
  private static final int MAX_COMMENT = 2_000;

  private LabelJson() {}

  /**
   * The label of a sample; throws {@link IllegalArgumentException} that names the field.
   *
   * @param sampleId whose; null where the body says it
   */
  static Label read(JsonNode body, @Nullable UUID sampleId, Instant now) {
    requireFields(body, FIELDS, "a label");
    UUID id = sampleId == null ? id(body) : requireSame(sampleId, body);
    boolean unusable = flag(body, "unusable");
    String label = body.hasNonNull("label") ? text(body, "label", MAX_TEXT) : null;
    Double value = body.hasNonNull("value") ? number(body, "value") : null;
    List<Box> boxes = boxes(body.path("boxes"));
    int said = (label == null ? 0 : 1) + (value == null ? 0 : 1) + (unusable ? 1 : 0);
    if (said > 1 || (said > 0 && !boxes.isEmpty())) {
      throw new IllegalArgumentException(
          "give one of label, value, boxes and unusable, not several");
    }
    if (said == 0 && !body.has("boxes")) {
      throw new IllegalArgumentException("give one of label, value, boxes and unusable");
    }
    return Label.newBuilder()
        .setSampleId(id)
        .setLabel(label)
        .setValue(value)
        .setBoxes(boxes)
        .setUnusable(unusable)
        .setLabelledBy(text(body, "labelledBy", MAX_TEXT))
        .setLabelledAt(now)
        .setComment(body.hasNonNull("comment") ? text(body, "comment", MAX_COMMENT) : "")
        .build();
  }

  /** That an earlier label holds no longer. */
  static Label withdrawn(UUID sampleId, String by, Instant now) {
    return Label.newBuilder()
        .setSampleId(sampleId)
        .setWithdrawn(true)
        .setLabelledBy(by)
        .setLabelledAt(now)
        .build();
  }

  /** Adds what a label says to an object. */
  static void write(Label label, ObjectNode json) {
    json.put("label", label.getLabel());
    if (label.getValue() != null) {
      json.put("value", label.getValue());
    }
    if (!label.getBoxes().isEmpty()) {
      label.getBoxes().forEach(box -> write(box, json.withArray("boxes").addObject()));
    }
    json.put("unusable", label.getUnusable())
        .put("withdrawn", label.getWithdrawn())
        .put("labelledBy", label.getLabelledBy())
        .put("labelledAt", label.getLabelledAt().toString())
        .put("comment", label.getComment());
  }

  private static void write(Box box, ObjectNode json) {
    json.put("label", box.getLabel())
        .put("x", box.getX())
        .put("y", box.getY())
        .put("width", box.getWidth())
        .put("height", box.getHeight());
  }

  private static UUID id(JsonNode body) {
    String text = text(body, "sampleId", MAX_TEXT);
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("sampleId is " + text + ", which is no UUID", e);
    }
  }

  private static UUID requireSame(UUID sampleId, JsonNode body) {
    if (body.has("sampleId") && !id(body).equals(sampleId)) {
      throw new IllegalArgumentException("sampleId is another than that of the address");
    }
    return sampleId;
  }

  private static List<Box> boxes(JsonNode array) {
    List<Box> boxes = new ArrayList<>();
    boolean isList = array.isMissingNode() || array.isArray();
    if (!isList || array.size() > MAX_BOXES) {
      throw new IllegalArgumentException("boxes is no list of up to " + MAX_BOXES);
    }
    for (JsonNode box : array) {
      requireFields(box, BOX_FIELDS, "a box");
      boxes.add(
          new Box(
              text(box, "label", MAX_TEXT),
              1f,
              share(box, "x"),
              share(box, "y"),
              share(box, "width"),
              share(box, "height")));
    }
    return boxes;
  }

  private static float share(JsonNode node, String field) {
    double share = number(node, field);
    if (share < 0 || share > 1) {
      throw new IllegalArgumentException(
          field + " is " + share + "; give a share of the frame, 0 to 1");
    }
    return (float) share;
  }

  private static boolean flag(JsonNode body, String field) {
    JsonNode node = body.path(field);
    if (!node.isMissingNode() && !node.isBoolean()) {
      throw new IllegalArgumentException(field + " is neither true nor false");
    }
    return node.asBoolean();
  }

  private static double number(JsonNode body, String field) {
    JsonNode node = body.path(field);
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw new IllegalArgumentException(field + " is no number");
    }
    return node.doubleValue();
  }

  private static String text(JsonNode body, String field, int maxLength) {
    JsonNode node = body.path(field);
    if (!node.isTextual() || node.textValue().isBlank() || node.textValue().length() > maxLength) {
      throw new IllegalArgumentException(
          field + " is missing, or no text of 1 to " + maxLength + " characters");
    }
    return node.textValue().strip();
  }

  private static void requireFields(JsonNode body, Set<String> known, String what) {
    if (!body.isObject()) {
      throw new IllegalArgumentException(what + " is a JSON object");
    }
    for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            name + " is not known; " + what + " has " + String.join(", ", new TreeSet<>(known)));
      }
    }
  }
}
