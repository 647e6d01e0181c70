package dev.skerry.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The rules of axe-core on a page. */
final class Axe {

  private static final String LIBRARY = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  private Axe() {}

  /** What breaks which rule, one line each; empty where nothing does. */
  static List<String> violations(Page page) {
    // In the page's own world, past its policy for scripts, as an extension of the browser.
    page.evaluate(library());
    Object found =
        page.evaluate(
            """
            async () => {
              const {violations} = await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice']});
              return violations.flatMap(rule => rule.nodes.map(
                node => rule.id + ' (' + rule.impact + '): ' + node.target + ' ' + node.failureSummary));
            }
            """);
    return ((List<?>) Objects.requireNonNull(found)).stream().map(String::valueOf).toList();
  }

  private static String library() {
    try (InputStream in = Axe.class.getResourceAsStream(LIBRARY)) {
      return new String(Objects.requireNonNull(in, LIBRARY).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
