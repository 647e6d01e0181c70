package dev.skerry.local.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void shouldWriteALineForEachTenthWhereThereIsNoTerminal() {
    try (Progress progress = new Progress(out, false, "records are scored")) {
      for (int done = 0; done <= 1_000; done++) {
        progress.at(done, 1_000);
      }
    }
    assertThat(bytes.toString(UTF_8).lines())
        .hasSize(10)
        .contains(" 50 %, 500 of 1,000 records are scored")
        .endsWith("100 %, 1,000 of 1,000 records are scored");
    assertThat(bytes.toString(UTF_8)).doesNotContain("\u001b", "\r");
  }

  @Test
  void shouldOverwriteABarOnATerminalAndTakeItAway() {
    try (Progress progress = new Progress(out, true, "files")) {
      progress.at(1, 2);
    }
    assertThat(bytes.toString(UTF_8))
        .contains("[###############...............]  50 %, 1 of 2 files")
        .endsWith("\r\u001b[2K");
  }

  @Test
  void shouldShowNothingWhereThereIsNothingToDo() {
    new Progress(out, true, "files").at(0, 0);
    assertThat(bytes.size()).isZero();
  }
}
