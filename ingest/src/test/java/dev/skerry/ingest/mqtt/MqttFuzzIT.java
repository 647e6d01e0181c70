package dev.skerry.ingest.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.ingest.mqtt.packet.ClientPackets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Packets that nobody would send, over real sockets: 20,000 of them, or as many as {@code
 * -Dskerry.fuzz.packets} says.
 */
class MqttFuzzIT {

  private static final int PACKETS = Integer.getInteger("skerry.fuzz.packets", 20_000);
  private static final long SEED = Long.getLong("skerry.fuzz.seed", 20_261_122L);
  private static final int PACKETS_OF_ONE_CONNECTION = 20;
  private static final long MIB = 1 << 20;

  private final Random random = new Random(SEED);

  @Test
  void shouldSurviveWhateverIsSent() throws Exception {
    try (ServerUnderTest server = new ServerUnderTest()) {
      sendSome(server, PACKETS / 10);
      long heapBefore = usedHeap();
      sendSome(server, PACKETS - PACKETS / 10);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> server.metric("connections") == 0 && server.metric("unanswered.bytes") == 0);
      assertThat(server.uncaught).isEmpty();
      assertThat(server.metric("faults")).isZero();
      assertThat(server.metric("paused")).isZero();
      assertThat(server.metric("subscriptions")).isZero();
      assertThat(server.metric("disconnects")).as("some were refused").isPositive();
      assertThat(server.intake.taken()).as("and some were telemetry").isNotEmpty();
      server.intake.forget();
      assertThat(usedHeap() - heapBefore).isLessThan(24 * MIB);
      try (RawClient client = new RawClient(server.port())) {
        client.send(ClientPackets.connect(4, "sane"));
        assertThat(client.receive()).containsExactly(0x20, 0, 0);
      }
    }
  }

  private void sendSome(ServerUnderTest server, int packets) throws IOException {
    for (int sent = 0; sent < packets; sent += PACKETS_OF_ONE_CONNECTION) {
      try (RawClient client = new RawClient(server.port())) {
        client.send(conversation());
        client.awaitAnyAnswer();
      } catch (IOException e) {
        // The server has closed it before everything was written: that is its right.
        assertThat(e).isNotNull();
      }
    }
  }

  /** Mostly sound packets of one version, some of them changed. */
  private byte[] conversation() {
    int level = 4 + random.nextInt(2);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(perhapsChanged(ClientPackets.connect(level, "f-" + random.nextInt(50)), 10));
    for (int i = 1; i < PACKETS_OF_ONE_CONNECTION; i++) {
      bytes.writeBytes(perhapsChanged(packet(level, i), 4));
    }
    return bytes.toByteArray();
  }

  private byte[] packet(int level, int id) {
    return switch (random.nextInt(8)) {
      case 0 -> ClientPackets.publish(level, "telemetry/d/known/f32", 1, id, new byte[64]);
      case 1 -> ClientPackets.publish(level, "telemetry/d/s/avro", 0, id, new byte[30]);
      case 2 -> ClientPackets.publish(level, "frames/d/s", 1, id, new byte[30]);
      case 3 -> ClientPackets.subscribe(level, id, "detections/d", random.nextInt(3));
      case 4 -> new byte[] {(byte) 0xC0, 0};
      case 5 -> new byte[] {0x40, 2, 0, (byte) id};
      default ->
          ClientPackets.publish(
              level,
              "telemetry/d/s",
              random.nextInt(2),
              id,
              perhapsChanged("{\"readings\":{\"values\":[1,2]}}".getBytes(UTF_8), 3));
    };
  }

  /** One of so many is changed in one to three bytes, or cut, or grown. */
  private byte[] perhapsChanged(byte[] sound, int oneOf) {
    if (random.nextInt(oneOf) != 0) {
      return sound;
    }
    byte[] changed = Arrays.copyOf(sound, Math.max(1, sound.length + random.nextInt(5) - 2));
    for (int i = random.nextInt(3); i >= 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
