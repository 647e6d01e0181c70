package dev.skerry.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void shouldEndLinesAtTheWidthOfATerminalAndNowhereElse() {
    Table table = new Table(List.of("id", "why"));
    table.row("0/1", "the shape is 3x4, not 3x5");
    table.row("0/12", "short");
    assertThat(table.text(20).lines())
        .containsExactly("id    why", "0/1   the shape is …", "0/12  short");
    assertThat(table.text()).contains("the shape is 3x4, not 3x5");
  }
}
