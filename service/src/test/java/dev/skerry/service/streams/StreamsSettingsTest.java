package dev.skerry.service.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.service.ConfigException;
import dev.skerry.service.KafkaSettings;
import dev.skerry.service.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsSettingsTest {

  @TempDir private Path dir;

  @Test
  void shouldBeSettingsThatStreamsTakes() {
    Properties properties = settings().toProperties(kafka(Map.of()));
    StreamsConfig config = new StreamsConfig(properties);
    assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
    assertThat(config.getMainConsumerConfigs("app", "client", 0))
        .containsEntry("group.instance.id", "app-3-0")
        .containsEntry("isolation.level", "read_committed");
    assertThat(config.getProducerConfigs("client").get("transaction.timeout.ms"))
        .hasToString("10000");
  }

  @Test
  void shouldLetTheUserChangeWhatTheGuaranteeDoesNotRestOn() {
    Properties properties =
        settings().toProperties(kafka(Map.of("kafka.streams.num.stream.threads", "2")));
    assertThat(new StreamsConfig(properties).getInt("num.stream.threads")).isEqualTo(2);
  }

  @Test
  void shouldRefuseLessThanExactlyOnce() {
    KafkaSettings kafka = kafka(Map.of("kafka.streams.processing.guarantee", "at_least_once"));
    assertThatThrownBy(() -> settings().toProperties(kafka))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kafka.streams.processing.guarantee");
  }

  @Test
  void shouldNameAStateDirectoryThatCannotBe() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    StreamsSettings settings = new StreamsSettings("app", "0", file.resolve("state"));
    assertThatThrownBy(() -> settings.toProperties(kafka(Map.of())))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file.toString());
  }

  private StreamsSettings settings() {
    return new StreamsSettings("app", "3", dir);
  }

  private static KafkaSettings kafka(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(more);
    properties.put("kafka.bootstrap.servers", "127.0.0.1:1");
    return Settings.of(properties).kafka();
  }
}
