package dev.skerry.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootEpochTest {

  @TempDir Path dir;

  @Test
  void shouldRiseWithEachStartWhateverTheClockSays() {
    Path file = dir.resolve("boot-epoch");
    assertThat(BootEpoch.next(file)).isEqualTo(1);
    assertThat(BootEpoch.next(file)).isEqualTo(2);
    assertThat(BootEpoch.next(file)).isEqualTo(3);
    assertThat(file).hasContent("3");
  }

  @Test
  void shouldBeTheTimeOfTheStartWithoutAFile() {
    Instant start = Instant.parse("2026-01-02T03:04:05.678Z");
    assertThat(BootEpoch.of(Clock.fixed(start, ZoneOffset.UTC))).isEqualTo(start.toEpochMilli());
  }

  @Test
  void shouldRefuseAFileThatHoldsSomethingElse() throws Exception {
    Path file = Files.writeString(dir.resolve("boot-epoch"), "hello");
    assertThatThrownBy(() -> BootEpoch.next(file))
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("holds no boot epoch");
    assertThat(file).hasContent("hello");
  }

  @Test
  void shouldSayWhyItCannotBeKept() {
    Path file = dir.resolve("missing/boot-epoch");
    assertThatThrownBy(() -> BootEpoch.next(file))
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("The boot epoch cannot be kept in " + file);
  }
}
