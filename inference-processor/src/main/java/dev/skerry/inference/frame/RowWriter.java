package dev.skerry.inference.frame;

import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.FrameInput.Colours;
import dev.skerry.schemas.model.FrameInput.Element;
import dev.skerry.schemas.model.FrameInput.Layout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Lines of colours into a model's input as its contract wants them: order, layout, element type and
 * normalisation. Not thread-safe.
 */
final class RowWriter {

  private static final int RGB = 3;
  private static final int LEVELS = 256;

  private final int width;
  private final int planeElements;
  private final int colours;
  private final boolean gray;
  private final boolean reversed;
  private final boolean planar;
  private final boolean floats;
  private final float[] normalised;
  private final byte[] byteLine;
  private final float[] floatLine;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private FloatBuffer values = FloatBuffer.allocate(0);
  private int base;

  RowWriter(FrameInput input) {
    this.width = input.width();
    this.planeElements = input.width() * input.height();
    this.colours = input.colours().count();
    this.gray = input.colours() == Colours.GRAY;
    this.reversed = input.colours() == Colours.BGR;
    this.planar = input.layout() == Layout.NCHW;
    this.floats = input.element() == Element.FLOAT;
    this.normalised = new float[colours * LEVELS];
    for (int colour = 0; colour < colours; colour++) {
      for (int level = 0; level < LEVELS; level++) {
        normalised[colour * LEVELS + level] =
            (level * input.byteScale() - input.means().get(colour))
                / input.deviations().get(colour);
      }
    }
    this.byteLine = new byte[width * colours];
    this.floatLine = new float[width * colours];
  }

  /** Chooses the row of the batch: the offset is in bytes and a multiple of the element's size. */
  void begin(ByteBuffer target, int offsetBytes) {
    bytes = target;
    base = floats ? offsetBytes / Float.BYTES : offsetBytes;
    if (floats) {
      values = target.duplicate().clear().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
  }

  /**
   * Writes pixels that lie beside one another.
   *
   * @param rgb red, green and blue of each
   * @param x where the first is in the input
   */
  void line(byte[] rgb, int pixels, int x, int y) {
    for (int colour = 0; colour < colours; colour++) {
      spread(rgb, pixels, colour);
    }
    int at = y * width + x;
    if (!planar) {
      put(at * colours, 0, pixels * colours);
      return;
    }
    for (int colour = 0; colour < colours; colour++) {
      put(colour * planeElements + at, colour * pixels, pixels);
    }
  }

  private void spread(byte[] rgb, int pixels, int colour) {
    int step = planar ? 1 : colours;
    int to = planar ? colour * pixels : colour;
    int channel = reversed ? RGB - 1 - colour : colour;
    for (int i = 0; i < pixels; i++, to += step) {
      int level = gray ? luminance(rgb, i * RGB) : rgb[i * RGB + channel] & 0xFF;
      if (floats) {
        floatLine[to] = normalised[colour * LEVELS + level];
      } else {
        byteLine[to] = (byte) level;
      }
    }
  }

  private void put(int element, int from, int count) {
    if (floats) {
      values.put(base + element, floatLine, from, count);
    } else {
      bytes.put(base + element, byteLine, from, count);
    }
  }

  /** ITU-R BT.601, rounded. */
  private static int luminance(byte[] rgb, int at) {
    return (299 * (rgb[at] & 0xFF) + 587 * (rgb[at + 1] & 0xFF) + 114 * (rgb[at + 2] & 0xFF) + 500)
        / 1000;
  }
}
