package dev.skerry.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A page that stays open takes no more memory, after all garbage is collected.
 *
 * <p>An hour of a pretended site passes as quickly as Chromium draws it ({@code
 * -Dconsole.seconds=3600}, fewer unless somebody says so). With {@code -Dconsole.url=URL} the page
 * of a site that is up is looked at for {@code -Dconsole.minutes=60}.
 */
class PageMemoryIT {

  /** Charts keep ten minutes; before that they grow. */
  private static final int FULL_SECONDS = 660;

  private static final int SECONDS = Integer.getInteger("console.seconds", 900);
  private static final int MINUTES = Integer.getInteger("console.minutes", 60);
  private static final int FULL_MINUTES = FULL_SECONDS / 60;
  private static final int MINUTE_MILLIS = 60_000;

  /** A hundred bytes held for each second would be 360 kB in an hour. */
  private static final long MOST_HEAP_GROWTH = 512 << 10;

  /** Of the document, besides what its lists have come to hold. */
  private static final int MOST_NODE_GROWTH = 100;

  /** A picture on its way, a row that was just taken off; one a minute would soon be more. */
  private static final int MOST_DETACHED_GROWTH = 25;

  private static final int MOST_LISTENER_GROWTH = 25;

  @Test
  void shouldHoldNoMoreAfterAnHourThanAfterTenMinutes() {
    try (Chromium chromium = Chromium.start(executable());
        PretendedSite site = new PretendedSite();
        Page page = chromium.browser().newPage()) {
      page.navigate(site.url());
      page.waitForFunction("() => document.querySelector('#chart-rates')");
      PageMemory.Gauge gauge = new PageMemory.Gauge(page);
      PageMemory full = null;
      for (int second = 1; second <= SECONDS; second++) {
        awaitShown(page, site.pass());
        if (second == FULL_SECONDS) {
          full = gauge.measure();
        }
      }
      PageMemory end = gauge.measure();
      System.out.printf(
          "After %d s of a pretended site: %s%nAfter %d s: %s%n", FULL_SECONDS, full, SECONDS, end);
      assertThat(page.locator("#frame img").count()).isEqualTo(1);
      assertFlat(Objects.requireNonNull(full), end);
    }
  }

  @Test
  void shouldHoldNoMoreWhileTheSiteThatIsUpIsLookedAt() {
    String url = System.getProperty("console.url", "");
    assumeTrue(!url.isEmpty(), "No site is named: -Dconsole.url=http://127.0.0.1:8080");
    assertThat(MINUTES).as("console.minutes").isGreaterThan(FULL_MINUTES);
    try (Chromium chromium = Chromium.start(executable());
        Page page = chromium.browser().newPage()) {
      page.navigate(url);
      PageMemory.Gauge gauge = new PageMemory.Gauge(page);
      PageMemory full = null;
      PageMemory now = gauge.measure();
      for (int minute = 1; minute <= MINUTES; minute++) {
        String before = PageLists.shownTime(page);
        page.waitForTimeout(MINUTE_MILLIS);
        assertThat(PageLists.shownTime(page))
            .as("what the page shows after %d min", minute)
            .isNotEqualTo(before);
        now = gauge.measure();
        System.out.printf("%3d min: %s%n", minute, now);
        full = minute == FULL_MINUTES ? now : full;
      }
      assertFlat(Objects.requireNonNull(full), now);
    }
  }

  private static void assertFlat(PageMemory full, PageMemory end) {
    end.lists().assertBounded();
    assertThat(end.heapBytes() - full.heapBytes()).as("heap").isLessThan(MOST_HEAP_GROWTH);
    assertThat(end.detachedNodes() - full.detachedNodes())
        .as("nodes that are in no document")
        .isLessThan(MOST_DETACHED_GROWTH);
    assertThat(end.attachedNodes() - full.attachedNodes())
        .as("nodes of the document")
        .isLessThan(MOST_NODE_GROWTH + end.lists().nodesSince(full.lists()));
    assertThat(end.listeners() - full.listeners()).as("listeners").isLessThan(MOST_LISTENER_GROWTH);
  }

  private static void awaitShown(Page page, long at) {
    page.waitForFunction("at => document.documentElement.dataset.live === at", Long.toString(at));
  }

  private static Path executable() {
    Optional<Path> executable = Chromium.executable();
    assumeTrue(executable.isPresent(), "No Chromium is installed: apt-get install chromium");
    return executable.orElseThrow();
  }
}
