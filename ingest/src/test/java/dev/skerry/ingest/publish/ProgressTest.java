package dev.skerry.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final StringWriter shown = new StringWriter();
  private long nowNanos;

  @Test
  void shouldPrintALineNowAndThen() {
    Progress progress = progress(false);
    progress.at(0);
    nowNanos = TimeUnit.SECONDS.toNanos(9);
    progress.at(900);
    assertThat(shown.toString()).isEmpty();
    nowNanos = TimeUnit.SECONDS.toNanos(10);
    progress.at(1000);
    progress.end();
    assertThat(shown.toString().lines())
        .containsExactly("1,000 records acknowledged, 100/s, 10 s, 25 % read");
  }

  @Test
  void shouldOverwriteOneLineOnATerminal() {
    Progress progress = progress(true);
    progress.at(0);
    nowNanos = TimeUnit.SECONDS.toNanos(1);
    progress.at(10);
    nowNanos = TimeUnit.SECONDS.toNanos(2);
    progress.at(30);
    progress.end();
    assertThat(shown.toString()).contains("\r30 records acknowledged, 20/s, 2 s");
    assertThat(shown.toString().chars().filter(c -> c == '\n').count()).isEqualTo(1);
  }

  private Progress progress(boolean terminal) {
    return Progress.to(
        new PrintWriter(shown), terminal, () -> OptionalDouble.of(0.25), () -> nowNanos);
  }
}
