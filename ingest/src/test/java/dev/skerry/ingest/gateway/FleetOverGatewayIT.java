package dev.skerry.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.broker.KafkaNode;
import dev.skerry.ingest.TelemetryTopic;
import dev.skerry.ingest.publish.Destination;
import dev.skerry.ingest.publish.GatewayAddress;
import dev.skerry.ingest.publish.GatewayFiles;
import dev.skerry.ingest.publish.Progress;
import dev.skerry.ingest.publish.Publication;
import dev.skerry.ingest.publish.Published;
import dev.skerry.ingest.simulate.FaultSchedule;
import dev.skerry.ingest.simulate.Fleet;
import dev.skerry.ingest.simulate.Population;
import dev.skerry.ingest.simulate.VibrationFleet;
import dev.skerry.ingest.simulate.camera.CameraFleet;
import dev.skerry.ingest.simulate.camera.ImageFormat;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code simulate --to} sends through a gateway is in the topic, each record once. */
class FleetOverGatewayIT {

  private static final int MACHINES = 5;
  private static final int WINDOWS = 40;

  @TempDir Path dir;

  @Test
  void shouldDeliverAFleetOverHttpAndMqttEachRecordOnce() throws Exception {
    try (KafkaNode node = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("node")))) {
      TelemetryTopic.create(node);
      TelemetryTopic.create(node, Topics.TELEMETRY_FRAMES);
      TelemetryTopic.create(node, Topics.DEAD_LETTERS);
      try (RunningGateway gateway = RunningGateway.start(node.bootstrapServers())) {
        Published http = publish("http://127.0.0.1:" + gateway.port(), fleet(1));
        Published mqtt = publish("mqtt://127.0.0.1:" + gateway.mqttPort(), fleet(2));
        assertThat(http.records()).isEqualTo(MACHINES * WINDOWS);
        assertThat(mqtt.records()).isEqualTo(MACHINES * WINDOWS);
        assertThat(http.summary()).contains("acknowledged after ");
        // The same fleet again is what the gateway knows already.
        publish("http://127.0.0.1:" + gateway.port(), fleet(1));
        publish("mqtt://127.0.0.1:" + gateway.mqttPort(), cameras());
      }
      List<Telemetry> sent =
          List.of(fleet(1), fleet(2)).stream()
              .flatMap(fleet -> StreamSupport.stream(fleet.spliterator(), false))
              .toList();
      assertThat(TelemetryTopic.read(node)).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(TelemetryTopic.read(node, Topics.TELEMETRY_FRAMES))
          .containsExactlyInAnyOrderElementsOf(cameras());
    }
  }

  private static VibrationFleet fleet(long seed) {
    return new VibrationFleet(
        seed,
        seed == 1 ? Population.SITE : Population.TRAINING,
        MACHINES,
        FaultSchedule.healthy(),
        "north",
        Instant.parse("2026-01-01T00:00:00Z"),
        Duration.ofSeconds(1),
        WINDOWS);
  }

  private static CameraFleet cameras() {
    return new CameraFleet(
        1,
        Population.SITE,
        2,
        0.5,
        64,
        ImageFormat.DEFAULT,
        "north",
        Instant.parse("2026-01-01T00:00:00Z"),
        Duration.ofSeconds(1),
        3);
  }

  private static Published publish(String to, Fleet fleet) throws InterruptedException {
    Publication publication =
        Publication.atOnce(
            fleet.iterator(),
            Destination.gateway(GatewayAddress.of(to, GatewayFiles.NONE)),
            Progress.none());
    publication.run();
    return publication.published();
  }
}
