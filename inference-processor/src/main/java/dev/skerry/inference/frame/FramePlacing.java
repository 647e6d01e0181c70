package dev.skerry.inference.frame;

import dev.skerry.schemas.model.FrameFit;
import dev.skerry.schemas.model.FrameInput;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Decoded images into rows of a model's input, resized where they must be. Not thread-safe. */
final class FramePlacing {

  private static final int RGB = 3;

  private final FrameInput input;
  private final RowWriter rows;
  private final byte[] line;
  private final byte[] padding;

  /** What one size of frames needs; cameras send the same size again and again. */
  private Plan plan = new Plan(0, 0, new FrameFit(0, 0, 0, 0));

  private static final class Plan {
    final int width;
    final int height;
    final FrameFit fit;
    final Resampling across;
    final Resampling down;

    Plan(int width, int height, FrameFit fit) {
      this.width = width;
      this.height = height;
      this.fit = fit;
      this.across = new Resampling(width, fit.width());
      this.down = new Resampling(height, fit.height());
    }

    boolean keepsSize() {
      return fit.width() == width && fit.height() == height;
    }
  }

  FramePlacing(FrameInput input) {
    this.input = input;
    this.rows = new RowWriter(input);
    this.line = new byte[input.width() * RGB];
    this.padding = new byte[input.width() * RGB];
    Arrays.fill(padding, (byte) input.padByte());
  }

  /** Writes one image to a place in the buffer, given in bytes. */
  void write(Pixels pixels, ByteBuffer target, int offsetBytes) {
    if (plan.width != pixels.width() || plan.height != pixels.height()) {
      plan =
          new Plan(
              pixels.width(), pixels.height(), FrameFit.of(input, pixels.width(), pixels.height()));
    }
    rows.begin(target, offsetBytes);
    FrameFit fit = plan.fit;
    for (int y = 0; y < input.height(); y++) {
      if (fit.width() < input.width() || y < fit.y() || y >= fit.y() + fit.height()) {
        rows.line(padding, input.width(), 0, y);
      }
      if (y >= fit.y() && y < fit.y() + fit.height()) {
        sample(pixels, y - fit.y());
        rows.line(line, fit.width(), fit.x(), y);
      }
    }
  }

  private void sample(Pixels pixels, int y) {
    if (plan.keepsSize()) {
      copy(pixels, y);
      return;
    }
    int above = plan.down.before[y] * pixels.rowStride();
    int below = plan.down.after[y] * pixels.rowStride();
    float share = plan.down.share[y];
    blend(pixels, above + pixels.red(), below + pixels.red(), share, 0);
    blend(pixels, above + pixels.green(), below + pixels.green(), share, 1);
    blend(pixels, above + pixels.blue(), below + pixels.blue(), share, 2);
  }

  private void copy(Pixels pixels, int y) {
    byte[] bytes = pixels.bytes();
    int at = y * pixels.rowStride();
    for (int to = 0; to < pixels.width() * RGB; to += RGB, at += pixels.pixelStride()) {
      line[to] = bytes[at + pixels.red()];
      line[to + 1] = bytes[at + pixels.green()];
      line[to + 2] = bytes[at + pixels.blue()];
    }
  }

  private void blend(Pixels pixels, int above, int below, float down, int colour) {
    byte[] bytes = pixels.bytes();
    Resampling across = plan.across;
    for (int x = 0; x < across.share.length; x++) {
      int left = across.before[x] * pixels.pixelStride();
      int right = across.after[x] * pixels.pixelStride();
      float top = mix(bytes[above + left], bytes[above + right], across.share[x]);
      float bottom = mix(bytes[below + left], bytes[below + right], across.share[x]);
      line[x * RGB + colour] = (byte) (top + down * (bottom - top) + 0.5f);
    }
  }

  private static float mix(byte from, byte to, float share) {
    return (from & 0xFF) + share * ((to & 0xFF) - (from & 0xFF));
  }
}
