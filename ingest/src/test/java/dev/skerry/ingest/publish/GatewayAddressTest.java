package dev.skerry.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.service.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayAddressTest {

  @TempDir Path dir;

  @Test
  void shouldTellGatewaysFromFiles() {
    assertThat(GatewayAddress.isOne("http://a:1")).isTrue();
    assertThat(GatewayAddress.isOne("MQTTS://a")).isTrue();
    assertThat(GatewayAddress.isOne("training.avro")).isFalse();
    assertThat(GatewayAddress.isOne("ftp://a")).isFalse();
  }

  @Test
  void shouldKnowThePortsOfMqtt() {
    assertThat(address("mqtt://a").mqttPort()).isEqualTo(1883);
    assertThat(address("mqtts://a").mqttPort()).isEqualTo(8883);
    assertThat(address("mqtt://a:77").mqttPort()).isEqualTo(77);
    assertThat(address("mqtts://a").isEncrypted()).isTrue();
    assertThat(address("http://a").isMqtt()).isFalse();
  }

  @Test
  void shouldReadTokens() throws IOException {
    Path file = Files.writeString(dir.resolve("tokens"), "# ours\npump-7  abc\n\npump-8\tdef\n");
    GatewayAddress address = GatewayAddress.of("http://a", Optional.of(file), Optional.empty());
    assertThat(address.token("pump-7")).contains("abc");
    assertThat(address.token("pump-8")).contains("def");
    assertThatThrownBy(() -> address.token("pump-9"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("The device pump-9 has no token");
  }

  @Test
  void shouldSayWhatIsWrong() throws IOException {
    Path file = Files.writeString(dir.resolve("tokens"), "pump-7 abc\npump-8\n");
    assertThatThrownBy(() -> GatewayAddress.of("http://a", Optional.of(file), Optional.empty()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file + ", line 2: a line is a device and its token");
    assertThatThrownBy(() -> address("http://a/v1/telemetry"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("write http://HOST:PORT");
    assertThatThrownBy(() -> address("http://a b"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is no address of a gateway");
    Path missing = dir.resolve("ca.pem");
    assertThatThrownBy(() -> GatewayAddress.of("http://a", Optional.empty(), Optional.of(missing)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("The file " + missing + " (--ca) cannot be read");
  }

  private static GatewayAddress address(String text) {
    return GatewayAddress.of(text, Optional.empty(), Optional.empty());
  }
}
