package dev.skerry.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The boxes of a detection stand around what is seen, whatever the page's width. */
class FrameBoxesIT {

  /** A box is drawn two pixels wide, with a shadow, over the edge of what it is around. */
  private static final double EDGE_PIXELS = 6;

  private static final int SATURATED = 150;
  private static final int FAINT = 100;

  @Test
  void shouldDrawBoxesAroundWhatTheFrameShows() throws IOException {
    Optional<Path> executable = Chromium.executable();
    assumeTrue(executable.isPresent(), "No Chromium is installed: apt-get install chromium");
    try (Chromium chromium = Chromium.start(executable.orElseThrow());
        PretendedSite site = new PretendedSite()) {
      site.pass();
      surrounds(chromium.browser(), site, 1280, ColorScheme.LIGHT);
      surrounds(chromium.browser(), site, 390, ColorScheme.DARK);
    }
  }

  private static void surrounds(Browser browser, PretendedSite site, int width, ColorScheme scheme)
      throws IOException {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme);
    try (BrowserContext context = browser.newContext(options)) {
      Page page = context.newPage();
      page.navigate(site.url());
      page.waitForFunction("() => document.documentElement.dataset.live");
      site.pass();
      page.locator("#frame .boxes rect").nth(1).waitFor();
      Locator screen = page.locator("#frame .screen");
      byte[] shot = screen.screenshot();
      keep(shot, width);
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(shot));
      BoundingBox origin = screen.boundingBox();
      surrounds(page, 0, origin, seen(image, Color.RED));
      surrounds(page, 1, origin, seen(image, Color.BLUE));
      assertThat(page.locator("#frame img").getAttribute("alt"))
          .contains("in it scratch 93 %, inclusion 81 %");
    }
  }

  private static void surrounds(Page page, int index, BoundingBox origin, Rectangle seen) {
    BoundingBox box = page.locator("#frame .boxes rect").nth(index).boundingBox();
    assertThat(box.x - origin.x).as("left").isCloseTo(seen.getMinX(), within(EDGE_PIXELS));
    assertThat(box.y - origin.y).as("top").isCloseTo(seen.getMinY(), within(EDGE_PIXELS));
    assertThat(box.x + box.width - origin.x)
        .as("right")
        .isCloseTo(seen.getMaxX(), within(EDGE_PIXELS));
    assertThat(box.y + box.height - origin.y)
        .as("bottom")
        .isCloseTo(seen.getMaxY(), within(EDGE_PIXELS));
  }

  /** Where the picture of the page has a colour. */
  private static Rectangle seen(BufferedImage image, Color colour) {
    Rectangle seen = new Rectangle(-1, -1);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        Color pixel = new Color(image.getRGB(x, y));
        if (isLike(pixel.getRed(), colour.getRed())
            && isLike(pixel.getGreen(), colour.getGreen())
            && isLike(pixel.getBlue(), colour.getBlue())) {
          seen.add(new Rectangle(x, y, 1, 1));
        }
      }
    }
    return seen;
  }

  private static boolean isLike(int value, int wanted) {
    return wanted > 0 ? value > SATURATED : value < FAINT;
  }

  private static void keep(byte[] shot, int width) throws IOException {
    Optional<Screenshots> wanted = Screenshots.wanted();
    if (wanted.isPresent()) {
      Files.write(wanted.get().directory().resolve("frame-" + width + ".png"), shot);
    }
  }
}
