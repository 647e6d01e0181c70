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
    GatewayAddress address = GatewayAddress.of("http://a", tokens(file));
    assertThat(address.token("pump-7")).contains("abc");
    assertThat(address.token("pump-8")).contains("def");
    assertThatThrownBy(() -> address.token("pump-9"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("The device pump-9 has no token");
  }

  @Test
  void shouldSayWhatIsWrong() throws IOException {
    Path file = Files.writeString(dir.resolve("tokens"), "pump-7 abc\npump-8\n");
    assertThatThrownBy(() -> GatewayAddress.of("http://a", tokens(file)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file + ", line 2: a line is a device and its token");
    assertThatThrownBy(() -> address("http://a/v1/telemetry"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("write http://HOST:PORT");
    assertThatThrownBy(() -> address("http://a b"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is no address of a gateway");
    Path missing = dir.resolve("ca.pem");
    assertThatThrownBy(
            () ->
                GatewayAddress.of(
                    "http://a",
                    new GatewayFiles(Optional.empty(), Optional.empty(), Optional.of(missing))))
        .isInstanceOf(ConfigException.class)
        .hasMessage("The file " + missing + " (--ca) cannot be read");
    assertThatThrownBy(() -> GatewayAddress.of("mqtt://a", certificates(dir)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--certificates are shown over TLS alone");
    GatewayAddress address = GatewayAddress.of("mqtts://a", certificates(dir));
    assertThatThrownBy(() -> address.certificate("pump-7"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("The device pump-7 has no certificate: pump-7.pem and pump-7.key");
  }

  private static GatewayFiles tokens(Path file) {
    return new GatewayFiles(Optional.of(file), Optional.empty(), Optional.empty());
  }

  private static GatewayFiles certificates(Path directory) {
    return new GatewayFiles(Optional.empty(), Optional.of(directory), Optional.empty());
  }

  private static GatewayAddress address(String text) {
    return GatewayAddress.of(text, GatewayFiles.NONE);
  }
}
