package dev.skerry.ingest.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.ingest.TelemetryTopic;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The gateway with Kafka behind it and Mosquitto's command line clients in front. */
@ExtendWith(MqttSite.Shared.class)
class MosquittoIT {

  @TempDir Path dir;

  private final MqttSite site;

  MosquittoIT(MqttSite site) {
    this.site = site;
  }

  @Test
  void shouldTakeJsonAndRawFloatsFromMosquitto() throws Exception {
    Mosquitto.require();
    int port = site.gateway().mqttPort();
    String json = "{\"sequence\":1,\"readings\":{\"values\":[[1,2],[3,4]]}}";
    assertThat(Mosquitto.publish(port, "-q", "1", "-t", "telemetry/m-1/pump", "-m", json))
        .isEqualTo("0");
    Path raw = dir.resolve("raw");
    Files.write(raw, floats(1, 2, 3, 4));
    assertThat(Mosquitto.publish(port, "-q", "1", "-t", "telemetry/m-2/pump/f32", "-f", "" + raw))
        .isEqualTo("0");
    assertThat(
            Mosquitto.publish(
                port,
                "-V",
                "mqttv5",
                "-q",
                "1",
                "-t",
                "telemetry/m-3/vibration/f32",
                "-f",
                "" + raw,
                "-D",
                "publish",
                "user-property",
                "channels",
                "1",
                "-D",
                "publish",
                "user-property",
                "sequence",
                "77"))
        .isEqualTo("0");
    assertThat(readings("m-1")).isEqualTo(readings("m-2"));
    assertThat(readings("m-1").getChannels()).isEqualTo(2);
    assertThat(readings("m-3").getSteps()).isEqualTo(4);
    assertThat(site.of("m-3").get(0).getSequence()).isEqualTo(77);
  }

  @Test
  void shouldKeepWhatAnOldClientSendsWronglyAsADeadLetter() throws Exception {
    Mosquitto.require();
    double before = site.gateway().metric("skerry.ingest.mqtt.messages");
    String json = "{\"readings\":{\"values\":[[1],[2],[3]]}}";
    assertThat(
            Mosquitto.publish(
                site.gateway().mqttPort(), "-q", "1", "-t", "telemetry/m-4/pump", "-m", json))
        .isEqualTo("0");
    assertThat(site.gateway().metric("skerry.ingest.mqtt.messages")).isGreaterThan(before);
    assertThat(site.of("m-4")).isEmpty();
    assertThat(TelemetryTopic.keys(site.node(), Topics.DEAD_LETTERS)).contains("m-4");
  }

  @Test
  void shouldKeepWhatNobodyCanReadOfAnOldClientWithItsBytesAndWhereItIsWrong() throws Exception {
    Mosquitto.require();
    String json = "{\"reading\":1}";
    assertThat(
            Mosquitto.publish(
                site.gateway().mqttPort(), "-q", "1", "-t", "telemetry/m-5/pump", "-m", json))
        .isEqualTo("0");
    assertThat(TelemetryTopic.readDeadLetters(site.node()))
        .filteredOn(letter -> UTF_8.decode(letter.getOriginalKey()).toString().equals("m-5"))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(UTF_8.decode(letter.getOriginalValue()).toString()).isEqualTo(json);
              assertThat(letter.getDetail()).startsWith("reading: ").contains("line 1, column");
              assertThat(letter.getReason()).isEqualTo(DeadLetterReason.UNDECODABLE);
            });
  }

  private Readings readings(String device) {
    return (Readings) site.of(device).get(0).getPayload();
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }
}
