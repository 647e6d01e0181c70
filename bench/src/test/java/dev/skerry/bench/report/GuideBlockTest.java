package dev.skerry.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuideBlockTest {

  @TempDir private Path directory;

  @Test
  void shouldRewriteItsPlaceAndNothingElse() throws Exception {
    Path page = directory.resolve("page.md");
    Files.writeString(page, "before\n<!-- f: begin -->\nold\n<!-- f: end -->\nafter\n");

    new GuideBlock(page, "f").write("new\n");
    new GuideBlock(page, "f").write("newer");

    assertThat(page)
        .content()
        .isEqualTo("before\n<!-- f: begin -->\nnewer\n<!-- f: end -->\nafter\n");
  }

  @Test
  void shouldNameThePlaceThatIsMissing() throws Exception {
    Path page = Files.writeString(directory.resolve("page.md"), "nothing");

    assertThatThrownBy(() -> new GuideBlock(page, "f").write("new"))
        .hasMessageContaining("page.md")
        .hasMessageContaining("<!-- f: begin -->");
  }

  @Test
  void shouldFindItsPlacesInTheGuide() {
    assertThat(Path.of("..", "docs", "performance.md"))
        .content()
        .contains("<!-- figures: begin -->", "<!-- figures: end -->")
        .contains("<!-- sweep: begin -->", "<!-- sweep: end -->");
  }
}
