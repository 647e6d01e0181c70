package dev.skerry.inference.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.FrameInput.Colours;
import dev.skerry.schemas.model.FrameInput.Element;
import dev.skerry.schemas.model.FrameInput.Layout;
import dev.skerry.schemas.model.FrameInput.Resize;
import dev.skerry.schemas.model.GoldenSample;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameFillerTest {

  private static final int WIDTH = 6;
  private static final int HEIGHT = 4;
  private static final int GUARD = 8;

  @ParameterizedTest
  @EnumSource(Layout.class)
  void shouldLayBytesOutAsTheContractSays(Layout layout) {
    for (Colours colours : List.of(Colours.RGB, Colours.BGR)) {
      FrameInput input = bytes(colours, layout);
      ByteBuffer row = fill(input, SomeImages.png(WIDTH, HEIGHT));
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          int red = colours == Colours.RGB ? 0 : 2;
          assertThat(byteAt(row, layout, x, y, red)).isEqualTo(SomeImages.red(x, y));
          assertThat(byteAt(row, layout, x, y, 1)).isEqualTo(SomeImages.green(x, y));
          assertThat(byteAt(row, layout, x, y, 2 - red)).isEqualTo(SomeImages.blue(x, y));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void shouldNormaliseFloats(Layout layout) {
    List<Float> mean = List.of(0.1f, 0.2f, 0.3f);
    List<Float> std = List.of(0.5f, 0.25f, 2f);
    FrameInput input =
        new FrameInput(
            "x",
            WIDTH,
            HEIGHT,
            Colours.RGB,
            layout,
            Element.FLOAT,
            Resize.STRETCH,
            null,
            1 / 127f,
            mean,
            std);
    ByteBuffer row = fill(input, SomeImages.png(WIDTH, HEIGHT));
    float expected = (SomeImages.green(3, 2) / 127f - 0.2f) / 0.25f;
    int element = layout == Layout.NCHW ? (1 * HEIGHT + 2) * WIDTH + 3 : (2 * WIDTH + 3) * 3 + 1;
    assertThat(row.getFloat(GUARD + element * Float.BYTES)).isEqualTo(expected, within(1e-6f));
  }

  @Test
  void shouldRoundTheLuminanceOfColours() {
    ByteBuffer row = fill(bytes(Colours.GRAY, Layout.NCHW), SomeImages.png(WIDTH, HEIGHT));
    double luminance =
        0.299 * SomeImages.red(5, 3)
            + 0.587 * SomeImages.green(5, 3)
            + 0.114 * SomeImages.blue(5, 3);
    assertThat(row.get(GUARD + 3 * WIDTH + 5) & 0xFF).isEqualTo((int) Math.round(luminance));
  }

  /** Kinds of PNG whose colours are all there: every kind must give the same numbers. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_RGB
      })
  void shouldReadColourWithAndWithoutTransparency(int type) {
    byte[] png = SomeImages.png(SomeImages.picture(WIDTH, HEIGHT, type));
    assertThat(fill(bytes(Colours.RGB, Layout.NHWC), png))
        .isEqualTo(fill(bytes(Colours.RGB, Layout.NHWC), SomeImages.png(WIDTH, HEIGHT)));
  }

  @Test
  void shouldTakeGrayAsItIs() {
    BufferedImage gray = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    gray.getRaster().setSample(2, 1, 0, 77);
    ByteBuffer row = fill(bytes(Colours.RGB, Layout.NHWC), SomeImages.png(gray));
    for (int colour = 0; colour < 3; colour++) {
      assertThat(byteAt(row, Layout.NHWC, 2, 1, colour)).isEqualTo(77);
    }
  }

  @Test
  void shouldTakeTheUpperHalfOf16Bits() {
    BufferedImage deep = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(4, 2, 0, 0xABCD);
    ByteBuffer row = fill(bytes(Colours.GRAY, Layout.NHWC), SomeImages.png(deep));
    assertThat(row.get(GUARD + 2 * WIDTH + 4) & 0xFF).isEqualTo(0xAB);
  }

  @Test
  void shouldLookPaletteColoursUp() {
    BufferedImage indexed = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED);
    indexed.setRGB(1, 1, 0xFF3366CC);
    int expected = indexed.getRGB(1, 1);
    ByteBuffer row = fill(bytes(Colours.RGB, Layout.NHWC), SomeImages.png(indexed));
    assertThat(byteAt(row, Layout.NHWC, 1, 1, 0)).isEqualTo(expected >> 16 & 0xFF);
    assertThat(byteAt(row, Layout.NHWC, 1, 1, 2)).isEqualTo(expected & 0xFF);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldReadJpegOfBothKinds(boolean progressive) {
    byte[] jpeg = progressive ? SomeImages.progressive(48, 32) : SomeImages.jpeg(48, 32);
    FrameInput input = input(48, 32, Resize.STRETCH, null);
    ByteBuffer row = fill(input, jpeg);
    BufferedImage truth = SomeImages.smooth(48, 32, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 32; y += 5) {
      for (int x = 0; x < 48; x += 5) {
        int at = GUARD + (y * 48 + x) * 3;
        assertThat(row.get(at) & 0xFF).isCloseTo(truth.getRGB(x, y) >> 16 & 0xFF, within(6));
        assertThat(row.get(at + 1) & 0xFF).isCloseTo(truth.getRGB(x, y) >> 8 & 0xFF, within(6));
      }
    }
  }

  @Test
  void shouldStretchBetweenTheCentresOfPixels() {
    BufferedImage two = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    two.getRaster().setSample(1, 0, 0, 100);
    FrameInput input =
        new FrameInput(
            "x",
            4,
            2,
            Colours.GRAY,
            Layout.NHWC,
            Element.UINT8,
            Resize.STRETCH,
            null,
            null,
            List.of(),
            List.of());
    ByteBuffer row = fill(input, SomeImages.png(two));
    byte[] line = new byte[4];
    for (int y = 0; y < 2; y++) {
      row.get(GUARD + 4 * y, line);
      assertThat(line).containsExactly(0, 25, 75, 100);
    }
  }

  @Test
  void shouldLetterboxInTheMiddleWithBarsOfThePadByte() {
    BufferedImage white = new BufferedImage(20, 10, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 200; i++) {
      white.getRaster().setSample(i % 20, i / 20, 0, 255);
    }
    ByteBuffer row = fill(input(10, 10, Resize.LETTERBOX, 9), SomeImages.png(white));
    for (int y = 0; y < 10; y++) {
      boolean bar = y < 2 || y >= 7;
      for (int i = 0; i < 30; i++) {
        assertThat(row.get(GUARD + 30 * y + i) & 0xFF).as("row %d", y).isEqualTo(bar ? 9 : 255);
      }
    }
    FrameFiller filler = new FrameFiller(input(10, 10, Resize.LETTERBOX, 9), 1000);
    byte[] png = SomeImages.png(white);
    assertThat(filler.fill(png, 0, png.length, ByteBuffer.allocateDirect(300), 0))
        .isEqualTo(new Filled.Row(20, 10));
  }

  @Test
  void shouldNotCareForWhatSurroundsTheImage() {
    byte[] png = SomeImages.png(WIDTH, HEIGHT);
    byte[] surrounded = SomeImages.insert(new byte[50], 20, png);
    FrameInput input = bytes(Colours.RGB, Layout.NHWC);
    ByteBuffer row = ByteBuffer.allocateDirect(GUARD + input.bytes());
    assertThat(filler(input).fill(surrounded, 20, png.length, row, GUARD))
        .isEqualTo(new Filled.Row(WIDTH, HEIGHT));
    ByteBuffer alone = fill(input, png);
    assertThat(row.slice(GUARD, input.bytes())).isEqualTo(alone.slice(GUARD, input.bytes()));
  }

  @Test
  void shouldLeaveProfilesAndTextsOut() {
    byte[] jpeg = SomeImages.jpeg(WIDTH, HEIGHT);
    byte[] profile = {(byte) 0xFF, (byte) 0xE2, 0, 6, 'I', 'C', 'C', '_'};
    byte[] png = SomeImages.png(WIDTH, HEIGHT);
    byte[] text = SomeImages.chunk("zTXt", new byte[] {'a', 0, 0, 1, 2, 3});
    FrameInput input = bytes(Colours.RGB, Layout.NHWC);
    assertThat(fill(input, SomeImages.insert(jpeg, 2, profile))).isEqualTo(fill(input, jpeg));
    assertThat(fill(input, SomeImages.insert(png, 33, text))).isEqualTo(fill(input, png));
  }

  @Test
  void shouldFillTheGoldenPattern() {
    FrameInput input = bytes(Colours.BGR, Layout.NCHW);
    ByteBuffer row = ByteBuffer.allocateDirect(GUARD + input.bytes());
    filler(input).fillPattern(17, row, GUARD);
    assertThat(byteAt(row, Layout.NCHW, 3, 2, 0))
        .isEqualTo(GoldenSample.patternByte(17, 3, 2, /* blue */ 2));
  }

  @Test
  void shouldEncodeAGoldenPatternAsACameraWould() {
    FrameInput input = bytes(Colours.RGB, Layout.NHWC);
    GoldenSample sample = new GoldenSample(List.of(), 17, null, List.of(), List.of());
    ByteBuffer pattern = ByteBuffer.allocateDirect(GUARD + input.bytes());
    filler(input).fillPattern(17, pattern, GUARD);
    assertThat(fill(input, GoldenFrame.encoded(input, sample)).slice(GUARD, input.bytes()))
        .isEqualTo(pattern.slice(GUARD, input.bytes()));
  }

  private static int byteAt(ByteBuffer row, Layout layout, int x, int y, int colour) {
    int element =
        layout == Layout.NCHW ? (colour * HEIGHT + y) * WIDTH + x : (y * WIDTH + x) * 3 + colour;
    return row.get(GUARD + element) & 0xFF;
  }

  private static ByteBuffer fill(FrameInput input, byte[] image) {
    ByteBuffer row =
        ByteBuffer.allocateDirect(2 * GUARD + input.bytes()).order(ByteOrder.nativeOrder());
    Filled filled = filler(input).fill(image, 0, image.length, row, GUARD);
    assertThat(filled).isInstanceOf(Filled.Row.class);
    assertThat(row.getLong(0)).as("what lies before the row").isZero();
    assertThat(row.getLong(GUARD + input.bytes())).as("what lies behind the row").isZero();
    return row;
  }

  private static FrameFiller filler(FrameInput input) {
    return new FrameFiller(input, FrameFiller.DEFAULT_MAX_PIXELS);
  }

  private static FrameInput bytes(Colours colours, Layout layout) {
    return new FrameInput(
        "x",
        WIDTH,
        HEIGHT,
        colours,
        layout,
        Element.UINT8,
        Resize.STRETCH,
        null,
        null,
        List.of(),
        List.of());
  }

  private static FrameInput input(int width, int height, Resize resize, @Nullable Integer pad) {
    return new FrameInput(
        "x",
        width,
        height,
        Colours.RGB,
        Layout.NHWC,
        Element.UINT8,
        resize,
        pad,
        null,
        List.of(),
        List.of());
  }
}
