package dev.skerry.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartLogTest {

  @TempDir private Path dir;
  private PartLog log;

  @BeforeEach
  void begin() {
    log = PartLog.begin(dir, "mirror");
    log.beginRun();
  }

  private void write(String... lines) throws IOException {
    Files.writeString(
        log.file(),
        String.join("\n", lines) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @Test
  void shouldTellTheLastErrorWithItsException() throws IOException {
    write("1 ERROR Producer - one", "2 ERROR Service - failed", "java.io.IOException: full", "3 x");
    assertThat(log.lastError()).isEqualTo(": 2 ERROR Service - failed java.io.IOException: full");
  }

  @Test
  void shouldTellWhyItCannotGoOnWhateverOtherThreadsSayAfterIt() throws IOException {
    write("1 ERROR Mirror - It cannot go on: the certificate ran out");
    for (int i = 0; i < 1000; i++) {
      write("2 ERROR NetworkClient - failed authentication", "\tat com.sun".repeat(10));
    }
    assertThat(log.lastError())
        .isEqualTo(": 1 ERROR Mirror - It cannot go on: the certificate ran out");
  }

  @Test
  void shouldTellNothingOfTheRunBefore() throws IOException {
    write("1 ERROR Mirror - It cannot go on: the certificate ran out");
    log.beginRun();
    write("2 INFO Mirror - started");
    assertThat(log.lastError()).isEmpty();
  }

  @Test
  void shouldTellNothingWhereNothingWasWritten() {
    assertThat(log.lastError()).isEmpty();
    assertThat(log.lastLines(5)).isEmpty();
  }
}
