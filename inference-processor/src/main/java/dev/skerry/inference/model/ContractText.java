package dev.skerry.inference.model;

import dev.skerry.schemas.model.BoxFormat;
import dev.skerry.schemas.model.Distribution;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.Input;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Output;
import dev.skerry.schemas.model.Quantity;
import dev.skerry.schemas.model.ReadingsInput;
import dev.skerry.schemas.model.Reference;
import dev.skerry.schemas.model.Thresholds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A contract for people: what it says by a word for it. */
final class ContractText {

  private ContractText() {}

  static Map<String, String> of(ModelContract contract) {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("model", contract.name() + " " + contract.version());
    text.put("stream", contract.stream());
    text.put("task", word(contract.task()));
    text.put("takes", input(contract.input()));
    text.put("gives", output(contract.output()));
    text.put("labels", String.join(", ", contract.labels()));
    text.put(
        "quantities",
        String.join(", ", contract.quantities().stream().map(ContractText::quantity).toList()));
    text.put("thresholds", thresholds(contract.thresholds()));
    text.put("uncertainty", word(contract.uncertaintyMeasure()));
    Float target = contract.latencyTargetMillis();
    text.put("target", target == null ? "" : target + " ms at the 99th percentile");
    text.put("golden", contract.golden().size() + " samples");
    text.put("reference", reference(contract.reference()));
    return text;
  }

  private static String reference(@Nullable Reference reference) {
    return reference == null
        ? "none: drift is not watched"
        : "%d scores (%s), %d channels (%s)"
            .formatted(
                reference.scores().size(),
                names(reference.scores()),
                reference.inputs().size(),
                names(reference.inputs()));
  }

  private static String names(List<Distribution> distributions) {
    return String.join("; ", distributions.stream().map(Distribution::name).toList());
  }

  private static String input(Input input) {
    if (input instanceof ReadingsInput readings) {
      String rate = readings.sampleRateHz() > 0 ? " at " + readings.sampleRateHz() + " Hz" : "";
      return "readings of %d channels (%s) x %d steps%s%s"
          .formatted(
              readings.channels().size(),
              String.join("; ", readings.channels()),
              readings.steps(),
              rate,
              readings.normalise() == null ? "" : ", normalised");
    }
    FrameInput frame = (FrameInput) input;
    return "frames of %d x %d pixels, %s, %s, %s, %s"
        .formatted(
            frame.width(),
            frame.height(),
            frame.colours(),
            frame.layout(),
            word(frame.element()),
            word(frame.resize()));
  }

  private static String output(Output output) {
    BoxFormat boxes = output.boxes();
    if (boxes != null) {
      return "boxes of %d anchors, %s, %s in %s, at most %d"
          .formatted(
              boxes.anchors(),
              word(boxes.layout()),
              word(boxes.format()),
              word(boxes.coordinates()),
              boxes.maxBoxes());
    }
    if (output.reconstruction()) {
      return "its input again, of which the mean squared error is the score";
    }
    return output.logits() ? "logits" : "scores";
  }

  private static String quantity(Quantity quantity) {
    String unit = quantity.unit().isEmpty() ? "" : " (" + quantity.unit() + ")";
    String limits = quantity.min() == null && quantity.max() == null ? "" : limits(quantity);
    return quantity.name() + unit + limits;
  }

  private static String limits(Quantity quantity) {
    return " from %s to %s"
        .formatted(
            quantity.min() == null ? "any" : quantity.min(),
            quantity.max() == null ? "any" : quantity.max());
  }

  private static String thresholds(Thresholds thresholds) {
    List<String> parts = new ArrayList<>();
    addIfSet(parts, "anomaly from ", thresholds.anomaly());
    addIfSet(parts, "objects from ", thresholds.detection());
    parts.add("in doubt below confidence " + thresholds.lowConfidence());
    addIfSet(parts, "below margin ", thresholds.margin());
    addIfSet(parts, "above entropy ", thresholds.entropy());
    if (thresholds.outOfRange()) {
      parts.add("out of range");
    }
    if (thresholds.auditShare() > 0) {
      parts.add("share audited " + thresholds.auditShare());
    }
    return String.join(", ", parts);
  }

  private static void addIfSet(List<String> parts, String words, @Nullable Float value) {
    if (value != null) {
      parts.add(words + value);
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
