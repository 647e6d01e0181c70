package dev.skerry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @ConfigMapping(prefix = "oven")
  interface OvenConfig {
    @WithDefault("200")
    int maxDegrees();

    List<String> trays();
  }

  @TempDir Path directory;

  @Test
  void shouldPreferArgumentsToEnvironmentToFileToDefaults() {
    Map<String, String> file = Map.of("oven.trays", "a,b", "service.http.port", "1");
    Map<String, String> environment = Map.of("OVEN_TRAYS", "c", "SERVICE_HTTP_PORT", "2");
    Map<String, String> arguments = Map.of("service.http.port", "3");
    Settings settings = Settings.build(file, arguments, environment, OvenConfig.class);

    assertThat(settings.get(OvenConfig.class).maxDegrees()).isEqualTo(200);
    assertThat(settings.get(OvenConfig.class).trays()).containsExactly("c");
    assertThat(settings.service().http().port()).isEqualTo(3);
    assertThat(settings.service().stopTimeout()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void shouldReadAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("oven.properties"), "oven.trays=x\n");
    Settings settings =
        Settings.load(
            new String[] {"--config", file.toString(), "--set", "oven.max-degrees=90"},
            OvenConfig.class);
    assertThat(settings.get(OvenConfig.class).trays()).containsExactly("x");
    assertThat(settings.get(OvenConfig.class).maxDegrees()).isEqualTo(90);
  }

  @Test
  void shouldNameAKeyThatNobodyReads() {
    assertThatThrownBy(() -> of(Map.of("ovn.trays", "a")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("ovn.trays")
        .hasMessageContaining("oven.");
    assertThatThrownBy(() -> of(Map.of("oven.trays", "a", "oven.max-degree", "9")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("oven.max-degree");
  }

  @Test
  void shouldNameAKeyWhoseValueIsWrongOrMissing() {
    assertThatThrownBy(() -> of(Map.of("oven.trays", "a", "oven.max-degrees", "hot")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("oven.max-degrees");
    assertThatThrownBy(() -> of(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("oven.trays");
  }

  @Test
  void shouldNameAFileOrOptionThatCannotBeRead() {
    assertThatThrownBy(() -> Settings.load(new String[] {"--config", "/no/such.properties"}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/no/such.properties");
    assertThatThrownBy(() -> Settings.load(new String[] {"--config"}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--config FILE");
    assertThatThrownBy(() -> Settings.load(new String[] {"--conf", "x"}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--conf ");
    assertThatThrownBy(() -> Settings.load(new String[] {"--set", "x"}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("key=value");
  }

  private static Settings of(Map<String, String> properties) {
    return Settings.of(properties, OvenConfig.class);
  }
}
