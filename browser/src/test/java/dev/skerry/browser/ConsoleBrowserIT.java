package dev.skerry.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.skerry.local.site.RunReport;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of a whole site in the system's Chromium. */
class ConsoleBrowserIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final double PATIENCE_MILLIS = (double) PATIENCE.toMillis();
  private static final Duration FIRST_PAINT = Duration.ofSeconds(1);

  private final List<String> complaints = new ArrayList<>();

  @Test
  void shouldShowTheSiteAndCutAndRestoreItsLink(@TempDir Path directory) throws Exception {
    Optional<Path> executable = Chromium.executable();
    if (executable.isEmpty()) {
      System.out.println("SKIPPED: 1 test of the console in a browser: no Chromium is installed");
    }
    assumeTrue(executable.isPresent(), "No Chromium is installed: apt-get install chromium");
    try (ShownSite shown = ShownSite.start(directory);
        Chromium chromium = Chromium.start(executable.get())) {
      awaitConsole(shown.url());
      Page page = open(chromium, shown.url());
      showsWhatHappens(page);
      showsADeadLetter(page);
      killsAPart(page);
      cutsAndRestoresTheLink(page);
      assertThat(part(page).locator("td").first()).hasText("up", texting());
      assertThat(Axe.violations(page)).isEmpty();
      fitsAPhone(chromium, shown.url());
      assertThat(complaints).isEmpty();
      RunReport report = shown.site().drain(PATIENCE);
      assertThat(report.addsUp()).as(report.describe()).isTrue();
    }
  }

  private static void awaitConsole(String url) {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(ConnectException.class)
        .until(
            () -> client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
  }

  private Page open(Chromium chromium, String url) {
    Page page = chromium.browser().newPage();
    listen(page);
    page.navigate(url);
    Object paint =
        page.evaluate(
            "() => new Promise(done => new PerformanceObserver(list => done(list.getEntries()[0]"
                + ".startTime)).observe({type: 'paint', buffered: true}))");
    double firstPaintMillis = ((Number) java.util.Objects.requireNonNull(paint)).doubleValue();
    System.out.printf("The first paint came after %.0f ms%n", firstPaintMillis);
    if (Boolean.getBoolean("quiet")) { // On a busy machine the time is that of the others.
      assertThat(firstPaintMillis).isLessThan((double) FIRST_PAINT.toMillis());
    }
    return page;
  }

  private void listen(Page page) {
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
  }

  private static void showsWhatHappens(Page page) {
    Locator answers = page.locator("#classes tbody tr");
    awaitCount(page, total -> total > 0);
    long before = total(page);
    awaitCount(page, total -> total > before);
    assertThat(answers.count()).isPositive();
    assertThat(page.locator("#detections tbody tr").first())
        .isVisible(
            new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions()
                .setTimeout(PATIENCE_MILLIS));
    page.locator("#frame img").waitFor(waiting());
    page.locator("#curves polyline").first().waitFor(waiting());
    page.locator(".node.up").first().waitFor(waiting());
    page.locator("#chart-rates canvas").waitFor(waiting());
    Locator detections = page.locator("#detections button");
    detections.first().click();
    page.locator("#follow").click();
  }

  private static void showsADeadLetter(Page page) {
    page.locator("[data-order='malformed']").click(clicking());
    Locator letter = page.locator("#letter-list details").first();
    letter.waitFor(waiting());
    letter.locator("summary").click();
    assertThat(letter)
        .containsText("NOT_AVRO".toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    assertThat(letter).containsText("telemetry/");
  }

  /** It starts while the link is cut and restored. */
  private static void killsAPart(Page page) {
    Locator process = part(page).locator("td").last().locator("span").first();
    assertThat(process).hasText(java.util.regex.Pattern.compile("\\d+"), texting());
    String before = process.textContent();
    part(page).locator("button").click(clicking());
    assertThat(page.locator("#said")).containsText("is killed");
    assertThat(part(page))
        .containsText(
            "restarted",
            new com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions()
                .setTimeout(PATIENCE_MILLIS));
    assertThat(process.textContent()).isNotEqualTo(before);
  }

  private static Locator part(Page page) {
    return page.locator(
        "#part-rows tbody tr",
        new Page.LocatorOptions().setHas(page.locator("[data-order='kill/retrain-feeder']")));
  }

  private static void cutsAndRestoresTheLink(Page page) {
    Locator state = page.locator("#link-state");
    page.locator("[data-order='link/cut']").click(clicking());
    assertThat(state).hasText("cut", texting());
    awaitBacklog(page, backlog -> backlog > 0);
    long waiting = backlog(page);
    awaitBacklog(page, backlog -> backlog > waiting);
    long most = backlog(page); // It only grows while the link is cut.
    page.locator("[data-order='link/restore']").click(clicking());
    assertThat(state).hasText("up", texting());
    awaitBacklog(page, backlog -> backlog < most);
  }

  private void fitsAPhone(Chromium chromium, String url) {
    Browser.NewContextOptions phone =
        new Browser.NewContextOptions().setViewportSize(390, 844).setColorScheme(ColorScheme.DARK);
    try (BrowserContext context = chromium.browser().newContext(phone)) {
      Page page = context.newPage();
      listen(page);
      page.navigate(url);
      page.locator("#detections tbody tr").first().waitFor(waiting());
      assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
          .as("nothing is wider than the phone")
          .isEqualTo(true);
      assertThat(Axe.violations(page)).isEmpty();
      page.keyboard().press("Tab");
      assertThat(page.locator(".skip")).isFocused();
    }
  }

  /** Detections since the console started, by class, added up. */
  private static long total(Page page) {
    return page.locator("#classes tbody tr td:last-child").allTextContents().stream()
        .mapToLong(text -> number(text.substring(text.indexOf(',') + 1)))
        .sum();
  }

  private static void awaitCount(Page page, LongPredicate holds) {
    await().atMost(PATIENCE).until(() -> holds.test(total(page)));
  }

  private static long backlog(Page page) {
    return number(page.locator("#now-backlog").textContent());
  }

  private static void awaitBacklog(Page page, LongPredicate holds) {
    await().atMost(PATIENCE).until(() -> holds.test(backlog(page)));
  }

  private static long number(String text) {
    String digits = text.replaceAll("[^0-9]", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  private static Locator.WaitForOptions waiting() {
    return new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS);
  }

  private static Locator.ClickOptions clicking() {
    return new Locator.ClickOptions().setTimeout(PATIENCE_MILLIS);
  }

  private static com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions texting() {
    return new com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions()
        .setTimeout(PATIENCE_MILLIS);
  }
}
