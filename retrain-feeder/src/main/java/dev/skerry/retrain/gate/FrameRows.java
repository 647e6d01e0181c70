package dev.skerry.retrain.gate;

import dev.skerry.retrain.gate.HeldBack.Labelled;
import dev.skerry.schemas.model.FrameFit;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.GoldenSample;
import java.nio.ByteBuffer;

/**
 * Frames, resized, ordered and normalised as the contract says: bilinear between the centres of
 * pixels, without antialiasing, as serving does it. Immutable.
 *
 * @param input what the model takes
 */
public record FrameRows(FrameInput input) implements InputRows {

  private static final int RGB = 3;

  /** One axis of a frame that is stretched. */
  private record Axis(int from, int to) {

    int before(int place) {
      return (int) exact(place);
    }

    int after(int place) {
      return Math.min(before(place) + 1, from - 1);
    }

    float share(int place) {
      return (float) (exact(place) - before(place));
    }

    private double exact(int place) {
      return Math.max(0, Math.min(from - 1.0, (place + 0.5) * from / to - 0.5));
    }
  }

  @Override
  public int bytesPerRow() {
    return input.bytes();
  }

  @Override
  public boolean takes(Labelled record) {
    return record.image().length > 0;
  }

  @Override
  public void put(Labelled record, ByteBuffer rows) {
    put(
        FramePixels.decode(record.image())
            .orElseThrow(
                () ->
                    new GateException(
                        "A held-back frame of " + record.deviceId() + " is no image")),
        rows);
  }

  @Override
  public void put(GoldenSample sample, ByteBuffer rows) {
    Integer pattern = sample.pattern();
    put(
        pattern != null
            ? FramePixels.pattern(input, pattern)
            : FramePixels.decode(sample.imageBytes())
                .orElseThrow(() -> new GateException("A golden sample is no image")),
        rows);
  }

  /** Puts an encoded image at the buffer's position; throws {@link GateException} for no image. */
  public void put(byte[] image, ByteBuffer rows) {
    put(
        FramePixels.decode(image).orElseThrow(() -> new GateException("These bytes are no image")),
        rows);
  }

  private void put(FramePixels image, ByteBuffer rows) {
    int start = rows.position();
    FrameFit fit = FrameFit.of(input, image.width(), image.height());
    Axis across = new Axis(image.width(), fit.width());
    Axis down = new Axis(image.height(), fit.height());
    int[] pixel = new int[RGB];
    for (int y = 0; y < input.height(); y++) {
      for (int x = 0; x < input.width(); x++) {
        int inX = x - fit.x();
        int inY = y - fit.y();
        boolean isInside = inX >= 0 && inX < fit.width() && inY >= 0 && inY < fit.height();
        for (int colour = 0; colour < RGB; colour++) {
          pixel[colour] = isInside ? level(image, across, down, inX, inY, colour) : input.padByte();
        }
        write(pixel, x, y, rows, start);
      }
    }
    rows.position(start + input.bytes());
  }

  private static int level(FramePixels image, Axis across, Axis down, int x, int y, int colour) {
    int left = across.before(x);
    int right = across.after(x);
    float top = mix(image, left, right, down.before(y), across.share(x), colour);
    float bottom = mix(image, left, right, down.after(y), across.share(x), colour);
    return (int) (top + down.share(y) * (bottom - top) + 0.5f);
  }

  private static float mix(
      FramePixels image, int left, int right, int row, float share, int colour) {
    int from = image.at(left, row, colour);
    return from + share * (image.at(right, row, colour) - from);
  }

  private void write(int[] pixel, int x, int y, ByteBuffer rows, int start) {
    int colours = input.colours().count();
    for (int colour = 0; colour < colours; colour++) {
      int level =
          switch (input.colours()) {
            case RGB -> pixel[colour];
            case BGR -> pixel[RGB - 1 - colour];
            case GRAY -> (299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2] + 500) / 1000;
          };
      int element =
          input.layout() == FrameInput.Layout.NCHW
              ? (colour * input.height() + y) * input.width() + x
              : (y * input.width() + x) * colours + colour;
      if (input.element() == FrameInput.Element.UINT8) {
        rows.put(start + element, (byte) level);
      } else {
        rows.putFloat(start + element * Float.BYTES, normalised(level, colour));
      }
    }
  }

  private float normalised(int level, int colour) {
    return (level * input.byteScale() - input.means().get(colour)) / input.deviations().get(colour);
  }
}
