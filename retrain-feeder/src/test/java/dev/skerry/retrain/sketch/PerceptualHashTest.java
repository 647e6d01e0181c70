package dev.skerry.retrain.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.retrain.SomeSamples;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class PerceptualHashTest {

  @Test
  void shouldHashTheSamePictureScaledNearlyTheSame() {
    Picture picture = picture(640, 480, 1);
    assertThat(distance(picture, picture.within(160))).isLessThanOrEqualTo(10);
  }

  @Test
  void shouldHashAPictureWithALittleNoiseNearlyTheSame() {
    Picture picture = picture(320, 240, 2);
    int[] noisy = picture.rgb().clone();
    for (int i = 0; i < noisy.length; i += 3) {
      noisy[i] ^= 0x030303;
    }
    assertThat(distance(picture, new Picture(320, 240, noisy))).isLessThanOrEqualTo(10);
  }

  @Test
  void shouldHashOtherPicturesFarAway() {
    for (int seed = 10; seed < 20; seed++) {
      assertThat(distance(picture(320, 240, seed), picture(320, 240, seed + 100)))
          .isGreaterThan(60);
    }
  }

  @Test
  void shouldScaleDownWithinASideAndNeverUp() {
    Picture picture = picture(640, 480, 3);
    assertThat(picture.within(320))
        .extracting(Picture::width, Picture::height)
        .containsExactly(320, 240);
    assertThat(picture.within(2_000)).isSameAs(picture);
    assertThat(picture(3, 1000, 4).within(10))
        .extracting(Picture::width, Picture::height)
        .containsExactly(1, 10);
  }

  @Test
  void shouldSayInFeaturesHowBrightItIs() {
    float[] dark = PictureFeatures.of(new Picture(8, 8, new int[64]));
    assertThat(dark).hasSize(PictureFeatures.COUNT);
    assertThat(dark[0]).isEqualTo(1f);
    assertThat(dark[PictureFeatures.COUNT - 1]).isZero();
  }

  private static double distance(Picture one, Picture other) {
    return PerceptualHash.of(one).distance(PerceptualHash.of(other));
  }

  private static Picture picture(int width, int height, long seed) {
    BufferedImage image = SomeSamples.picture(width, height, seed);
    int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] &= 0xFFFFFF;
    }
    return new Picture(width, height, rgb);
  }
}
