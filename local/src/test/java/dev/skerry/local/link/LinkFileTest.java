package dev.skerry.local.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkFileTest {

  @TempDir private Path dir;

  static List<LinkCondition> conditions() {
    return List.of(
        new LinkCondition.Open(),
        new LinkCondition.Cut(),
        new LinkCondition.Silent(),
        new LinkCondition.Thin(64_000, Duration.ofMillis(25)),
        new LinkCondition.Flapping(Duration.ofSeconds(5), Duration.ofMillis(1500)));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void shouldReadWhatItWrote(LinkCondition condition) {
    LinkFile file = new LinkFile(dir.resolve("link"));
    file.write(condition);
    assertThat(file.read()).isEqualTo(condition);
  }

  @Test
  void shouldBeUpWhereThereIsNoFile() {
    assertThat(new LinkFile(dir.resolve("none")).read()).isEqualTo(new LinkCondition.Open());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "down", "thin", "thin many 1", "thin 0 1", "flapping 5 0"})
  void shouldNameTheFileThatSaysSomethingElse(String line) throws IOException {
    Path path = Files.writeString(dir.resolve("link"), line);
    assertThatThrownBy(() -> new LinkFile(path).read())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(line);
  }
}
