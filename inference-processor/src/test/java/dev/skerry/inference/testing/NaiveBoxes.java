package dev.skerry.inference.testing;

import dev.skerry.schemas.model.BoxFormat;
import dev.skerry.schemas.model.BoxFormat.Coordinates;
import dev.skerry.schemas.model.BoxFormat.Format;
import dev.skerry.schemas.model.BoxFormat.Layout;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.GoldenSample.GoldenBox;
import dev.skerry.schemas.model.ModelContract;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Boxes out of a detector's numbers, written down as the contract says it and not to be fast. */
public final class NaiveBoxes {

  private record Box(
      String label, double confidence, double left, double top, double right, double bottom) {

    double overlap(Box other) {
      double width = Math.min(right, other.right) - Math.max(left, other.left);
      double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
      double intersection = width > 0 && height > 0 ? width * height : 0;
      return intersection / (area() + other.area() - intersection);
    }

    double area() {
      return (right - left) * (bottom - top);
    }
  }

  private NaiveBoxes() {}

  /** The objects in a frame of this size, letterboxed. */
  public static List<GoldenBox> find(
      ModelContract contract, float[] output, int frameWidth, int frameHeight) {
    BoxFormat format = Objects.requireNonNull(contract.output().boxes());
    float threshold = Objects.requireNonNull(contract.thresholds().detection());
    List<Box> proposed = new ArrayList<>();
    for (int anchor = 0; anchor < format.anchors(); anchor++) {
      proposed.add(box(contract, format, output, anchor));
    }
    proposed.removeIf(box -> box.confidence < threshold);
    proposed.sort(Comparator.comparingDouble(Box::confidence).reversed());
    List<Box> kept = new ArrayList<>();
    for (Box box : proposed) {
      boolean covered =
          kept.stream()
              .anyMatch(
                  other ->
                      (format.acrossLabels() || other.label.equals(box.label))
                          && other.overlap(box) > format.nmsIou());
      if (!covered && kept.size() < format.maxBoxes()) {
        kept.add(box);
      }
    }
    FrameInput input = (FrameInput) contract.input();
    return kept.stream()
        .map(box -> unletterbox(box, input, frameWidth, frameHeight))
        .filter(box -> box.width() > 0 && box.height() > 0)
        .toList();
  }

  private static Box box(ModelContract contract, BoxFormat format, float[] output, int anchor) {
    int attributes = format.attributes(contract.labels().size());
    double[] row =
        IntStream.range(0, attributes)
            .mapToDouble(
                i ->
                    format.layout() == Layout.ATTRIBUTES_FIRST
                        ? output[i * format.anchors() + anchor]
                        : output[anchor * attributes + i])
            .toArray();
    for (int i = 4; i < attributes && contract.output().logits(); i++) {
      row[i] = 1 / (1 + Math.exp(-row[i]));
    }
    int firstClass = format.objectness() ? 5 : 4;
    int best =
        IntStream.range(firstClass, attributes)
            .boxed()
            .max(Comparator.comparingDouble(i -> row[i]))
            .orElseThrow();
    double confidence = format.objectness() ? row[4] * row[best] : row[best];
    FrameInput input = (FrameInput) contract.input();
    boolean shares = format.coordinates() == Coordinates.SHARES;
    for (int i = 0; i < 4 && shares; i++) {
      row[i] *= i % 2 == 0 ? input.width() : input.height();
    }
    String label = contract.labels().get(best - firstClass);
    return format.format() == Format.XYXY
        ? new Box(label, confidence, row[0], row[1], row[2], row[3])
        : new Box(
            label,
            confidence,
            row[0] - row[2] / 2,
            row[1] - row[3] / 2,
            row[0] + row[2] / 2,
            row[1] + row[3] / 2);
  }

  private static GoldenBox unletterbox(Box box, FrameInput input, int frameWidth, int frameHeight) {
    double ratio =
        Math.min((double) input.width() / frameWidth, (double) input.height() / frameHeight);
    double width = Math.round(frameWidth * ratio);
    double height = Math.round(frameHeight * ratio);
    double padX = Math.floor((input.width() - width) / 2);
    double padY = Math.floor((input.height() - height) / 2);
    double left = share(box.left, padX, width);
    double top = share(box.top, padY, height);
    return new GoldenBox(
        box.label,
        (float) box.confidence,
        (float) left,
        (float) top,
        (float) (share(box.right, padX, width) - left),
        (float) (share(box.bottom, padY, height) - top));
  }

  private static double share(double pixels, double pad, double extent) {
    return Math.min(1, Math.max(0, (pixels - pad) / extent));
  }
}
