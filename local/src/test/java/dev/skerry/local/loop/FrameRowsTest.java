package dev.skerry.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.inference.frame.Filled;
import dev.skerry.inference.frame.FrameFiller;
import dev.skerry.retrain.gate.FrameRows;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.FrameInput.Colours;
import dev.skerry.schemas.model.FrameInput.Element;
import dev.skerry.schemas.model.FrameInput.Layout;
import dev.skerry.schemas.model.FrameInput.Resize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The gate judges what serving sees. */
class FrameRowsTest {

  private static final List<FrameInput> INPUTS =
      List.of(
          input(Colours.RGB, Layout.NHWC, Element.UINT8, Resize.STRETCH, List.of()),
          input(Colours.BGR, Layout.NCHW, Element.FLOAT, Resize.LETTERBOX, List.of(0.4f, 0.5f, 0f)),
          input(Colours.GRAY, Layout.NCHW, Element.FLOAT, Resize.STRETCH, List.of(0.5f)));

  @Test
  void shouldFillAModelsInputAsServingDoes() throws IOException {
    for (FrameInput input : INPUTS) {
      for (String format : List.of("png", "jpeg")) {
        for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY}) {
          byte[] image = image(97, 61, type, format);
          ByteBuffer gate = buffer(input);
          new FrameRows(input).put(image, gate);
          assertThat(gate.remaining()).isZero();
          assertThat(gate.rewind())
              .as("%s of a %s of type %d", input, format, type)
              .isEqualTo(served(input, image));
        }
      }
    }
  }

  private static ByteBuffer served(FrameInput input, byte[] image) {
    ByteBuffer row = buffer(input);
    Filled filled =
        new FrameFiller(input, FrameFiller.DEFAULT_MAX_PIXELS).fill(image, 0, image.length, row, 0);
    assertThat(filled).isInstanceOf(Filled.Row.class);
    return row.rewind();
  }

  private static ByteBuffer buffer(FrameInput input) {
    return ByteBuffer.allocateDirect(input.bytes()).order(ByteOrder.nativeOrder());
  }

  private static byte[] image(int width, int height, int type, String format) throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    Random random = new Random(7);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private static FrameInput input(
      Colours colours, Layout layout, Element element, Resize resize, List<Float> mean) {
    List<Float> deviations = mean.stream().map(each -> 0.25f).toList();
    return new FrameInput(
        "frames", 48, 40, colours, layout, element, resize, null, null, mean, deviations);
  }
}
