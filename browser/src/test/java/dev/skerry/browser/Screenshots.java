package dev.skerry.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotType;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The pictures of the guide: desktop and phone, light and dark.
 *
 * @param directory where they are written
 */
record Screenshots(Path directory) {

  private static final double PATIENCE_MILLIS = 60_000;
  private static final int QUALITY = 72;

  /** Those that {@code -Dscreenshots=DIRECTORY} asks for. */
  static Optional<Screenshots> wanted() {
    String directory = System.getProperty("screenshots", "");
    return directory.isEmpty()
        ? Optional.empty()
        : Optional.of(new Screenshots(Path.of(directory)));
  }

  void take(Browser browser, String url) {
    take(browser, url, "desktop", 1280, 1000);
    take(browser, url, "phone", 390, 844);
  }

  private void take(Browser browser, String url, String name, int width, int height) {
    for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
      Browser.NewContextOptions options =
          new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme);
      try (BrowserContext context = browser.newContext(options)) {
        Page page = context.newPage();
        page.navigate(url);
        page.locator("#frame img")
            .waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
        page.locator("#curves polyline")
            .first()
            .waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
        String file = "console-" + name + "-" + scheme.name().toLowerCase(Locale.ROOT);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(directory.resolve(file + ".jpg"))
                .setType(ScreenshotType.JPEG)
                .setQuality(QUALITY)
                .setFullPage(Boolean.getBoolean("screenshots.whole")));
      }
    }
  }
}
