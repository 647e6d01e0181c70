package dev.skerry.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelimiterTest {

  @ParameterizedTest
  @ValueSource(chars = {';', ',', '\t', '|'})
  void shouldFindEachDelimiter(char delimiter) {
    assertThat(Delimiter.detect("time" + delimiter + "a" + delimiter + "b")).isEqualTo(delimiter);
  }

  @Test
  void shouldNotCountDelimitersInsideQuotes() {
    assertThat(Delimiter.detect("\"a, in m, s\";\"b, c\"")).isEqualTo(';');
  }

  @Test
  void shouldTakeACommaForAFileOfOneColumn() {
    assertThat(Delimiter.detect("value")).isEqualTo(',');
  }
}
