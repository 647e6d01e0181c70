package dev.skerry.inference.frame;

import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.FrameInput.Colours;
import dev.skerry.schemas.model.FrameInput.Element;
import dev.skerry.schemas.model.FrameInput.Layout;
import java.nio.ByteBuffer;

/**
 * Writes pixels where and how a model wants them: its colours in its order, its layout, its element
 * type, normalised by tables. Immutable.
 */
public final class FrameTensor {

  private static final int BYTE_VALUES = 256;

  private final FrameInput input;
  private final boolean floats;
  private final int pixelStride;
  private final int colourStride;

  /** What each byte of each colour becomes; one table for each colour of the model. */
  private final float[][] tables;

  /** The tensor that a contract asks for. */
  public FrameTensor(FrameInput input) {
    boolean planes = input.layout() == Layout.NCHW;
    int colours = input.colours().count();
    this.input = input;
    this.floats = input.element() == Element.FLOAT;
    this.pixelStride = planes ? 1 : colours;
    this.colourStride = planes ? input.width() * input.height() : 1;
    this.tables = new float[colours][BYTE_VALUES];
    for (int colour = 0; colour < colours; colour++) {
      for (int value = 0; value < BYTE_VALUES; value++) {
        tables[colour][value] =
            (value * input.byteScale() - input.means().get(colour))
                / input.deviations().get(colour);
      }
    }
  }

  /**
   * Writes one pixel.
   *
   * @param target in native order
   * @param offset the byte in it where the frame begins
   * @param x column of the input
   * @param y row of the input
   * @param red 0 to 255
   * @param green 0 to 255
   * @param blue 0 to 255
   */
  public void put(ByteBuffer target, int offset, int x, int y, int red, int green, int blue) {
    int at = (y * input.width() + x) * pixelStride;
    if (input.colours() == Colours.GRAY) {
      putColour(target, offset, at, 0, luminance(red, green, blue));
    } else {
      boolean redFirst = input.colours() == Colours.RGB;
      putColour(target, offset, at, 0, redFirst ? red : blue);
      putColour(target, offset, at, 1, green);
      putColour(target, offset, at, 2, redFirst ? blue : red);
    }
  }

  private void putColour(ByteBuffer target, int offset, int at, int colour, int value) {
    int element = at + colour * colourStride;
    if (floats) {
      target.putFloat(offset + element * Float.BYTES, tables[colour][value]);
    } else {
      target.put(offset + element, (byte) value);
    }
  }

  /** ITU-R BT.601 in integers, rounded: the same everywhere. */
  private static int luminance(int red, int green, int blue) {
    return (299 * red + 587 * green + 114 * blue + 500) / 1000;
  }
}
