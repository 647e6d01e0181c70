package dev.skerry.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class RegistryConfigTest {

  private static final String URL = "schema.registry.url";

  @Test
  void shouldNameNoRegistryWhereNoneIsSet() {
    assertThat(RegistryConfig.of(Map.of("bootstrap.servers", "x:1"))).isEmpty();
    assertThat(RegistryConfig.of(Map.of(URL, ""))).isEmpty();
  }

  @Test
  void shouldTakeConfluentsNamesFromTextsAndFromObjects() {
    RegistryConfig config =
        RegistryConfig.of(
                Map.of(
                    URL,
                    List.of("http://a:1/", "https://b/registry//"),
                    "http.read.timeout.ms",
                    700,
                    "http.connect.timeout.ms",
                    "300",
                    "no.setting.of.ours",
                    "left alone"))
            .orElseThrow();
    assertThat(config.endpoints()).hasToString("[http://a:1, https://b/registry]");
    assertThat(config.readTimeout()).isEqualTo(Duration.ofMillis(700));
    assertThat(config.connectTimeout()).isEqualTo(Duration.ofMillis(300));
    assertThat(config.backoff()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void shouldNameTheSettingThatCannotBe() {
    assertWrong(URL, "registry:8081");
    assertWrong(URL, "ftp://registry");
    assertWrong(URL, "http://a b");
    assertWrong("http.read.timeout.ms", "soon");
    assertWrong("http.connect.timeout.ms", "0");
    assertWrong("basic.auth.credentials.source", "SASL_INHERIT");
    assertWrong("schema.registry.ssl.endpoint.identification.algorithm", "");
    assertWrong("schema.registry.ssl.truststore.location", "/no/such/file");
    assertThatThrownBy(() -> config(Map.of("basic.auth.credentials.source", "USER_INFO")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("basic.auth.user.info");
  }

  @Test
  void shouldKeepSecretsOutOfWhatIsPrinted() {
    RegistryConfig config =
        config(
            Map.of(
                URL,
                "http://me:secret@a",
                "basic.auth.user.info",
                "me:secret",
                "basic.auth.credentials.source",
                "USER_INFO"));
    assertThat(config.toString()).doesNotContain("secret");
    assertThatThrownBy(() -> config(Map.of(URL, "gopher://me:secret@a")))
        .hasMessageNotContaining("secret");
  }

  private static void assertWrong(String setting, String value) {
    assertThatThrownBy(() -> config(Map.of(setting, value)))
        .as("%s=%s", setting, value)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(setting);
  }

  private static RegistryConfig config(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(Map.of(URL, "http://a"));
    settings.putAll(more);
    return RegistryConfig.of(settings).orElseThrow();
  }
}
