package dev.skerry.schemas.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetKeyTest {

  @TempDir private Path dir;

  @Test
  void shouldGiveASiteTheSameKeyFromTheFileThatItWasWrittenTo() throws IOException {
    FleetKey key = FleetKey.generate(1);
    Path file = Files.writeString(dir.resolve("fleet-1.key"), key.text());
    assertThat(FleetKey.read(file).of("plant-a").text()).isEqualTo(key.of("plant-a").text());
    assertThat(key.of("plant-b").text()).isNotEqualTo(key.of("plant-a").text());
  }

  @Test
  void shouldSayWhichFileIsNotThereOrNoKeyAndHowOneIsMade() throws IOException {
    Path none = dir.resolve("none.key");
    assertThatThrownBy(() -> FleetKey.read(none))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageStartingWith("There is no file " + none)
        .hasMessageContaining("./skerry seal");
    Path other = Files.writeString(dir.resolve("other.key"), "something else");
    assertThatThrownBy(() -> FleetKey.read(other))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageStartingWith(other + " is no ")
        .hasMessageContaining("./skerry seal");
  }
}
