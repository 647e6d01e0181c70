package dev.skerry.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on which people label samples, in the system's Chromium. */
class LabelsBrowserIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final double PATIENCE_MILLIS = (double) PATIENCE.toMillis();

  private final List<String> complaints = new ArrayList<>();

  @Test
  void shouldLabelSkipAndTakeBackByTheKeyboardAlone(@TempDir Path directory) throws Exception {
    Optional<Path> executable = Chromium.executable();
    if (executable.isEmpty()) {
      System.out.println("SKIPPED: 1 test of the labelling page: no Chromium is installed");
    }
    assumeTrue(executable.isPresent(), "No Chromium is installed: apt-get install chromium");
    try (LabelledCloud cloud = LabelledCloud.start(directory);
        Chromium chromium = Chromium.start(executable.get())) {
      Page page = chromium.browser().newPage();
      page.onPageError(complaints::add);
      page.navigate(cloud.url());
      says(page, "#counts", "3 without a label, 0 labelled, 0 unusable");
      assertThat(Axe.violations(page)).isEmpty();
      asksForANameFirst(page);
      labelsSkipsAndTakesBack(page, cloud);
      leavesKeysToWhoTypes(page);
      showsAPicture(page);
      assertThat(Axe.violations(page)).isEmpty();
      assertThat(complaints).isEmpty();
    }
  }

  /** A label bears a name; the field is focused for whoever forgot it. */
  private static void asksForANameFirst(Page page) {
    page.keyboard().press("1");
    says(page, "#message", "Say who you are first: a label bears a name");
    assertThat(page.locator("#by")).isFocused();
    page.keyboard().type("ann");
    says(page, "#counts", "3 without a label, 0 labelled, 0 unusable");
    page.evaluate("() => document.activeElement.blur()");
  }

  private static void labelsSkipsAndTakesBack(Page page, LabelledCloud cloud) {
    String first = title(page);
    page.keyboard().press("2");
    says(page, "#message", device(first) + " is labelled worn");
    await().atMost(PATIENCE).until(() -> cloud.labels().contains(device(first) + " worn by ann"));
    awaitOther(page, first);

    page.keyboard().press("u");
    says(page, "#message", "The last label was taken back");
    says(page, "#title", first);
    says(page, "#counts", "3 without a label, 0 labelled, 0 unusable");
    assertThat(cloud.labels()).last().asString().isEqualTo(device(first) + " withdrawn by ann");

    page.keyboard().press("x");
    says(page, "#message", device(first) + " is labelled unusable");
    awaitOther(page, first);
    String second = title(page);
    page.keyboard().press("s");
    says(page, "#message", device(second) + " was skipped");
    awaitOther(page, second);
    assertThat(cloud.labels().stream().filter(label -> label.startsWith(device(second))))
        .as("a sample that was skipped has no label")
        .isEmpty();
  }

  /** What is typed into a field is a name, and no order. */
  private static void leavesKeysToWhoTypes(Page page) {
    String shown = title(page);
    page.locator("#other-name").click();
    page.keyboard().type("sux1");
    says(page, "#title", shown);
    assertThat(page.locator("#other-name")).hasValue("sux1");
    page.locator("#other-name").fill("");
    page.evaluate("() => document.activeElement.blur()");
  }

  /** A frame came as the last of the three. */
  private static void showsAPicture(Page page) {
    Locator shown = page.locator("#picture:not([hidden]), #plot:not([hidden]) svg path");
    assertThat(shown.first()).isVisible();
    page.locator("#answer summary").press("Enter");
    assertThat(page.locator("#said")).containsText("confidence");
  }

  private static String title(Page page) {
    return String.valueOf(page.locator("#title").textContent());
  }

  /** Titles are {@code STREAM: DEVICE at SITE}. */
  private static String device(String title) {
    return title.replaceAll(".*: (.*) at .*", "$1");
  }

  private static void awaitOther(Page page, String title) {
    assertThat(page.locator("#title"))
        .not()
        .hasText(title, new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS));
  }

  private static void says(Page page, String element, String text) {
    assertThat(page.locator(element))
        .hasText(text, new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS));
  }
}
