package dev.skerry.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.model.FrameInput.Colours;
import dev.skerry.schemas.model.FrameInput.Element;
import dev.skerry.schemas.model.FrameInput.Layout;
import dev.skerry.schemas.model.FrameInput.Resize;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameFitTest {

  @Test
  void shouldKeepTheProportionsOfALetterboxedFrame() {
    FrameFit fit = FrameFit.of(input(Resize.LETTERBOX), 1280, 720);
    assertThat(fit).isEqualTo(new FrameFit(0, 140, 640, 360));
    assertThat(fit.shareOfWidth(320)).isEqualTo(0.5f);
    assertThat(fit.shareOfHeight(140 + 90)).isEqualTo(0.25f);
    assertThat(fit.shareOfHeight(20)).as("in the bar above").isZero();
    assertThat(fit.shareOfHeight(639)).as("in the bar below").isEqualTo(1);
  }

  @Test
  void shouldFillTheInputWithAStretchedFrame() {
    FrameFit fit = FrameFit.of(input(Resize.STRETCH), 17, 4000);
    assertThat(fit).isEqualTo(new FrameFit(0, 0, 640, 640));
    assertThat(fit.shareOfHeight(160)).isEqualTo(0.25f);
  }

  @Test
  void shouldLeaveAPixelOfAFrameThatIsAlmostALine() {
    FrameFit fit = FrameFit.of(input(Resize.LETTERBOX), 8000, 1);
    assertThat(fit).isEqualTo(new FrameFit(0, 319, 640, 1));
  }

  private static FrameInput input(Resize resize) {
    return new FrameInput(
        "images",
        640,
        640,
        Colours.RGB,
        Layout.NCHW,
        Element.FLOAT,
        resize,
        null,
        null,
        List.of(),
        List.of());
  }
}
