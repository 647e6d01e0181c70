package dev.skerry.retrain.labels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be said of the page without a browser. */
class PageTest {

  private final Page page = new Page();

  @Test
  void shouldNeedNothingFromAnywhereElse() {
    String all = file("/") + file("/labels.css") + file("/labels.js");
    assertThat(all.replace("http://www.w3.org/2000/svg", "")) // A name, not an address.
        .doesNotContain("http:", "https:", "//cdn", "@import", "eval(", "innerHTML");
  }

  @Test
  void shouldServeTheFilesThatItNamesAndNoOthers() {
    Matcher names = Pattern.compile("(?:src|href)=\"([a-z]+\\.[a-z]+)\"").matcher(file("/"));
    List<String> found = names.results().map(result -> result.group(1)).toList();
    assertThat(found).containsExactlyInAnyOrder("labels.css", "labels.js");
    assertThat(found).allSatisfy(name -> assertThat(file("/" + name)).isNotBlank());
    assertThat(page.file("/package-info.class")).isEmpty();
    assertThat(page.file("/../labels.html")).isEmpty();
  }

  @Test
  void shouldHaveAnElementForEachThatTheScriptNames() {
    Set<String> ids = new TreeSet<>();
    Matcher named = Pattern.compile("at\\('([a-z-]+)'\\)").matcher(file("/labels.js"));
    named.results().forEach(result -> ids.add(result.group(1)));
    assertThat(ids).hasSizeGreaterThan(10);
    assertThat(ids).allSatisfy(id -> assertThat(file("/")).contains("id=\"" + id + "\""));
  }

  @Test
  void shouldSayItsLanguageNameItsControlsAndLeaveZoomAlone() {
    String html = file("/");
    assertThat(html).contains("<html lang=\"en\">", "<title>", "aria-live=\"polite\"", "<h1>");
    assertThat(html).doesNotContain("user-scalable", "maximum-scale");
    Matcher fields = Pattern.compile("<(?:input|select)\\b").matcher(html);
    Matcher labels = Pattern.compile("<label>[^<]+<(?:input|select)\\b").matcher(html);
    assertThat(labels.results().count()).isEqualTo(fields.results().count()).isPositive();
  }

  private String file(String path) {
    return new String(page.file(path).orElseThrow().body(), UTF_8);
  }
}
