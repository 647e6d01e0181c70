package dev.skerry.local.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void shouldWritePlainLinesWhereThereIsNoTerminal() {
    Console console = new Console(out, false, 10, () -> 0);
    console.status("a status longer than ten");
    console.status("a status longer than ten");
    console.line("a line");
    assertThat(bytes.toString(UTF_8).lines()).containsExactly("a status longer than ten", "a line");
    assertThat(bytes.toString(UTF_8)).doesNotContain("\u001b", "\r\u001b");
  }

  @Test
  void shouldWriteAStatusAnewAtMostEveryTenSecondsWhereThereIsNoTerminal() {
    AtomicLong seconds = new AtomicLong();
    Console console =
        new Console(out, false, 80, () -> Duration.ofSeconds(seconds.get()).toNanos());
    for (; seconds.get() <= 25; seconds.incrementAndGet()) {
      console.status("after " + seconds.get() + " s");
    }
    assertThat(bytes.toString(UTF_8).lines())
        .containsExactly("after 0 s", "after 10 s", "after 20 s");
  }

  @Test
  void shouldOverwriteOneShortLineOnATerminal() {
    Console console = new Console(out, true, 10, () -> 0);
    console.status("first");
    console.status("a status longer than ten");
    assertThat(bytes.toString(UTF_8)).isEqualTo("\r\u001b[2Kfirst\r\u001b[2Ka status…");
  }
}
