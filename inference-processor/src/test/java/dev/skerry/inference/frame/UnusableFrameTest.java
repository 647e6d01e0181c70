package dev.skerry.inference.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.model.FrameInput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UnusableFrameTest {

  private static final int EDGE = 32;
  private static final int FUZZED = 1500;
  private static final FrameInput INPUT =
      new FrameInput(
          "x",
          EDGE,
          EDGE,
          FrameInput.Colours.RGB,
          FrameInput.Layout.NHWC,
          FrameInput.Element.UINT8,
          FrameInput.Resize.STRETCH,
          null,
          null,
          List.of(),
          List.of());

  private final FrameFiller filler = new FrameFiller(INPUT, 100_000);
  private final ByteBuffer row = ByteBuffer.allocateDirect(INPUT.bytes());

  @Test
  void shouldSayThatItIsNoImage() {
    refused("The frame begins neither as a JPEG nor as a PNG.", new byte[0]);
    refused("The frame begins neither as a JPEG nor as a PNG.", new byte[] {1, 2, 3, 4, 5, 6});
    refused("The frame begins neither as a JPEG nor as a PNG.", "GIF89a...".getBytes(US_ASCII));
  }

  @Test
  void shouldRefuseImagesThatWereCutOff() {
    byte[] jpeg = SomeImages.jpeg(EDGE, EDGE);
    byte[] png = SomeImages.png(EDGE, EDGE);
    for (int length = 10; length < jpeg.length; length += 7) {
      assertThat(fill(Arrays.copyOf(jpeg, length))).isInstanceOf(Unusable.class);
    }
    for (int length = 10; length < png.length; length += 7) {
      assertThat(fill(Arrays.copyOf(png, length))).isInstanceOf(Unusable.class);
    }
    refused("The JPEG ends before its end marker: it was cut off.", cut(jpeg, 2));
    refused("A chunk of the PNG ends beyond its last byte: it was cut off.", cut(png, 20));
    refused("The PNG ends before its last chunk: it was cut off.", cut(png, 12));
  }

  @Test
  void shouldRefuseWhatIsDeclaredTooLargeBeforeDecodingIt() {
    byte[] jpeg = SomeImages.jpeg(EDGE, EDGE);
    int frameHeader = SomeImages.segment(jpeg, 0xC0);
    for (int i = 0; i < 4; i++) {
      jpeg[frameHeader + 5 + i] = (byte) 0xFF;
    }
    Unusable tooLarge = (Unusable) fill(jpeg);
    assertThat(tooLarge.reason()).isEqualTo(DeadLetterReason.INVALID);
    assertThat(tooLarge.detail())
        .isEqualTo("The frame declares 65535 x 65535 pixels; at most 100000 are admitted.");
    assertThat(((Unusable) fill(SomeImages.pngWithRows(2_000_000_000, 2_000_000_000, 0))).detail())
        .isEqualTo(
            "The frame declares 2000000000 x 2000000000 pixels; at most 100000 are admitted.");
  }

  @Test
  void shouldRefuseColoursThatNoModelKnows() {
    refused(
        "The JPEG has 4 components (CMYK); gray (1) and colour (3) are read.",
        SomeImages.cmyk(EDGE, EDGE));
  }

  @Test
  void shouldRefuseKindsOfJpegThatAreNotRead() {
    byte[] deep = SomeImages.jpeg(EDGE, EDGE);
    int frameHeader = SomeImages.segment(deep, 0xC0);
    deep[frameHeader + 4] = 12;
    refused("The JPEG has 12 bits a sample; 8 are read.", deep);
    byte[] arithmetic = SomeImages.jpeg(EDGE, EDGE);
    arithmetic[frameHeader + 1] = (byte) 0xC9;
    refused("The JPEG is lossless, hierarchical or arithmetic, which is not read.", arithmetic);
    byte[] flat = SomeImages.jpeg(EDGE, EDGE);
    flat[frameHeader + 5] = 0;
    flat[frameHeader + 6] = 0;
    refused("The JPEG declares 32 x 0 pixels.", flat);
  }

  @Test
  void shouldRefuseMoreScansThanAnyPictureHas() {
    byte[] jpeg = SomeImages.progressive(EDGE, EDGE);
    int scan = SomeImages.segment(jpeg, 0xDA);
    byte[] endless = jpeg;
    for (int i = 0; i < 70; i++) {
      endless =
          SomeImages.insert(
              endless, scan, Arrays.copyOfRange(jpeg, scan, scan + 2 + jpeg[scan + 3]));
    }
    assertThat(((Unusable) fill(endless)).detail()).isEqualTo("The JPEG has more than 64 scans.");
  }

  @Test
  void shouldRefuseDamagedPixels() {
    byte[] png = SomeImages.png(EDGE, EDGE);
    png[60] ^= 1;
    refused("The PNG is damaged: the checksum of a chunk is not that of its bytes.", png);
    assertThat(((Unusable) fill(SomeImages.pngWithRows(EDGE, EDGE, 5))).detail())
        .startsWith("The PNG is damaged: ");
    byte[] jpeg = SomeImages.jpeg(EDGE, EDGE);
    int pixels = SomeImages.segment(jpeg, 0xDA) + 14;
    byte[] without = SomeImages.insert(Arrays.copyOf(jpeg, pixels), pixels, end());
    assertThat(((Unusable) fill(without)).detail()).startsWith("The JPEG is damaged: ");
  }

  @Test
  void shouldGoOnAfterAnUnusableFrame() {
    byte[] good = SomeImages.jpeg(EDGE, EDGE);
    byte[] bad = SomeImages.insert(Arrays.copyOf(good, 400), 400, end());
    for (int i = 0; i < 5; i++) {
      assertThat(fill(bad)).isInstanceOf(Unusable.class);
      assertThat(fill(good)).isEqualTo(new Filled.Row(EDGE, EDGE));
    }
  }

  /** Seeded, so that what fails once fails again. */
  @Test
  @Timeout(120)
  void shouldNeitherThrowNorHangOnDamagedImages() {
    SplittableRandom random = new SplittableRandom(1);
    List<byte[]> whole =
        List.of(
            SomeImages.jpeg(EDGE, EDGE),
            SomeImages.progressive(EDGE, EDGE),
            SomeImages.png(EDGE, EDGE),
            SomeImages.cmyk(EDGE, EDGE));
    int usable = 0;
    for (int i = 0; i < FUZZED; i++) {
      byte[] damaged = damaged(whole.get(i % whole.size()), random);
      usable += fill(damaged) instanceof Filled.Row ? 1 : 0;
    }
    assertThat(usable).as("damage that changes only colours").isBetween(1, FUZZED / 2);
  }

  private static byte[] damaged(byte[] whole, SplittableRandom random) {
    byte[] damaged = whole.clone();
    for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    }
    int at = random.nextInt(damaged.length);
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(damaged, at);
      case 1 -> SomeImages.insert(damaged, at, new byte[] {(byte) random.nextInt(), (byte) 0xFF});
      default -> damaged;
    };
  }

  private void refused(String detail, byte[] image) {
    assertThat(fill(image)).isEqualTo(new Unusable(DeadLetterReason.UNDECODABLE, detail));
  }

  private Filled fill(byte[] image) {
    return filler.fill(image, 0, image.length, row, 0);
  }

  private static byte[] end() {
    return new byte[] {(byte) 0xFF, (byte) 0xD9};
  }

  private static byte[] cut(byte[] image, int bytes) {
    return Arrays.copyOf(image, image.length - bytes);
  }
}
