package dev.skerry.local.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void shouldWritePlainLinesWhereThereIsNoTerminal() {
    Console console = new Console(out, false, 10);
    console.status("a status longer than ten");
    console.status("a status longer than ten");
    console.line("a line");
    assertThat(bytes.toString(UTF_8).lines()).containsExactly("a status longer than ten", "a line");
    assertThat(bytes.toString(UTF_8)).doesNotContain("\u001b", "\r\u001b");
  }

  @Test
  void shouldOverwriteOneShortLineOnATerminal() {
    Console console = new Console(out, true, 10);
    console.status("first");
    console.status("a status longer than ten");
    assertThat(bytes.toString(UTF_8)).isEqualTo("\r\u001b[2Kfirst\r\u001b[2Ka status ");
  }
}
