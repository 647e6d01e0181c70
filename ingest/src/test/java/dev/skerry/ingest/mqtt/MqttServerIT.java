package dev.skerry.ingest.mqtt;

import static dev.skerry.ingest.mqtt.packet.ClientPackets.connect;
import static dev.skerry.ingest.mqtt.packet.ClientPackets.publish;
import static dev.skerry.ingest.mqtt.packet.ClientPackets.subscribe;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.skerry.ingest.intake.Receipt;
import dev.skerry.ingest.intake.Unread;
import dev.skerry.schemas.Telemetry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, byte by byte. */
class MqttServerIT {

  private static final byte[] READINGS = "{\"readings\":{\"values\":[1,2.5]}}".getBytes(UTF_8);

  private ServerUnderTest server = new ServerUnderTest();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void shouldAcknowledgeAMessageOnlyWhenTheIntakeHasIt(int level) throws Exception {
    server.intake.holdBack();
    try (RawClient client = connected(level)) {
      client.send(publish(level, "telemetry/pump-7/pump", 1, 7, READINGS));
      await().until(() -> server.intake.heldBack() == 1);
      client.send(new byte[] {(byte) 0xC0, 0});
      assertThat(client.receive()).as("the ping's answer comes first").startsWith(0xD0);
      server.intake.complete(0, ScriptedIntake.STORED);
      assertThat(client.receive()).startsWith(0x40, 0, 7);
    }
    Telemetry taken = server.intake.taken().get(0);
    assertThat(taken.getDeviceId()).isEqualTo("pump-7");
    assertThat(taken.getStream()).isEqualTo("pump");
    assertThat(taken.getSiteId()).isEqualTo("north");
  }

  @Test
  void shouldAcknowledgeInTheOrderOfTheMessages() throws Exception {
    server.intake.holdBack();
    try (RawClient client = connected(4)) {
      for (int id = 1; id <= 3; id++) {
        client.send(publish(4, "telemetry/d/s", 1, id, READINGS));
      }
      await().until(() -> server.intake.heldBack() == 3);
      for (int index : new int[] {2, 0, 1}) {
        server.intake.complete(index, ScriptedIntake.STORED);
      }
      for (int id = 1; id <= 3; id++) {
        assertThat(client.receive()).containsExactly(0x40, 0, id);
      }
    }
  }

  @Test
  void shouldWaitForRoomAndKeepTheOrderWhileItAnswersPings() throws Exception {
    AtomicBoolean busy = new AtomicBoolean(true);
    server.intake.answer(
        arrival ->
            busy.get() ? new Receipt.Busy(Duration.ofMillis(50), "full") : ScriptedIntake.STORED);
    try (RawClient client = connected(4)) {
      for (int id = 1; id <= 20; id++) {
        client.send(publish(4, "telemetry/d/s", 1, id, sequenced(id)));
      }
      client.send(new byte[] {(byte) 0xC0, 0});
      assertThat(client.receive()).startsWith(0xD0);
      busy.set(false);
      for (int id = 1; id <= 20; id++) {
        assertThat(client.receive()).containsExactly(0x40, 0, id);
      }
    }
    assertThat(server.intake.taken())
        .extracting(Telemetry::getSequence)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).mapToObj(Long::valueOf).toList());
  }

  @Test
  void shouldStopReadingAClientWithTooMuchUnansweredAndReadOnAfterwards() throws Exception {
    server.intake.holdBack();
    try (RawClient client = connected(4)) {
      for (int id = 1; id <= 100; id++) {
        client.send(publish(4, "telemetry/d/s", 1, id, sequenced(id)));
      }
      await().until(() -> server.metric("paused") == 1);
      assertThat(server.intake.heldBack()).isEqualTo(64);
      int completed = 0;
      while (completed < 100) {
        int before = completed;
        await().until(() -> server.intake.heldBack() > before);
        while (completed < server.intake.heldBack()) {
          server.intake.complete(completed++, ScriptedIntake.STORED);
          assertThat(client.receive()).containsExactly(0x40, 0, completed);
        }
      }
    }
    await().until(() -> server.metric("paused") == 0 && server.metric("unanswered.bytes") == 0);
  }

  @Test
  void shouldHoldNoMoreMemoryThanItMayAndServeEverybodyInTurn() throws Exception {
    restart(Map.of("max-unanswered-bytes", Long.toString(9 << 20)));
    server.intake.holdBack();
    byte[] large = new byte[3 << 20];
    try (RawClient first = connected(4);
        RawClient second = connected(4);
        RawClient third = connected(4);
        RawClient fourth = connected(4)) {
      Thread sender = inBackground(first, large);
      Thread secondSender = inBackground(second, large);
      Thread thirdSender = inBackground(third, large);
      Thread fourthSender = inBackground(fourth, large);
      await().until(() -> server.intake.heldBack() >= 2);
      assertThat(server.metric("unanswered.bytes")).isLessThanOrEqualTo(9 << 20);
      for (int index = 0; index < 4; index++) {
        int next = index;
        await().until(() -> server.intake.heldBack() > next);
        assertThat(server.metric("unanswered.bytes")).isLessThanOrEqualTo(9 << 20);
        server.intake.complete(next, ScriptedIntake.STORED);
      }
      for (Thread thread : new Thread[] {sender, secondSender, thirdSender, fourthSender}) {
        thread.join();
      }
    }
    await().until(() -> server.metric("unanswered.bytes") == 0);
  }

  @Test
  void shouldTellAnOldClientNothingFalseAboutForeignTopics() throws Exception {
    try (RawClient client = connected(4)) {
      client.send(publish(4, "elsewhere/d/s", 1, 1, READINGS));
      assertThat(client.isClosedByServer()).isTrue();
    }
    assertThat(server.metric("messages", "result", "foreign-topic")).isEqualTo(1);
    assertThat(server.intake.taken()).isEmpty();
  }

  @Test
  void shouldKeepWhatCannotBeReadWhereTheClientCannotBeTold() throws Exception {
    byte[] unreadable = "{\"reading\":1}".getBytes(UTF_8);
    try (RawClient old = connected(4);
        RawClient modern = connected(5)) {
      old.send(publish(4, "telemetry/old/s", 1, 1, unreadable));
      assertThat(old.receive()).containsExactly(0x40, 0, 1);
      modern.send(publish(5, "telemetry/modern/s", 0, 0, unreadable));
      modern.send(publish(5, "telemetry/modern/told", 1, 1, unreadable));
      assertThat(modern.receive()).startsWith(0x40, 0, 1, 0x99);
    }
    assertThat(server.intake.kept())
        .allSatisfy(
            unread -> {
              assertThat(unread.original().copy()).isEqualTo(unreadable);
              assertThat(unread.finding().field()).isEqualTo("reading");
              assertThat(unread.finding().detail()).contains("line 1, column");
            })
        .extracting(Unread::deviceId, Unread::stream)
        .containsExactly(tuple("old", "s"), tuple("modern", "s"));
    assertThat(server.metric("messages", "result", "unreadable")).isEqualTo(3);
  }

  @Test
  void shouldEndTheConnectionWhereNobodyKnowsWhetherAMessageIsSafe() throws Exception {
    server.intake.answer(arrival -> new Receipt.Unacknowledged("Kafka did not answer"));
    try (RawClient client = connected(4)) {
      client.send(publish(4, "telemetry/d/s", 1, 1, READINGS));
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void shouldRefuseQos2() throws Exception {
    try (RawClient old = connected(4);
        RawClient modern = connected(5)) {
      old.send(publish(4, "telemetry/d/s", 2, 1, READINGS));
      assertThat(old.isClosedByServer()).isTrue();
      modern.send(publish(5, "telemetry/d/s", 2, 1, READINGS));
      assertThat(modern.receive()).startsWith(0xE0, 0x9B);
    }
    assertThat(server.intake.taken()).isEmpty();
  }

  @Test
  void shouldGrantOnlyTheAnswersOfTheDeviceItself() throws Exception {
    restart(Map.of());
    try (RawClient client = connected(5)) {
      assertThat(subscribed(client, "detections/pump-7", 2)).isEqualTo(1);
      assertThat(subscribed(client, "detections/+", 1)).isEqualTo(0xA2);
      assertThat(subscribed(client, "$share/g/detections/pump-7", 1)).isEqualTo(0x9E);
      assertThat(subscribed(client, "telemetry/pump-7/pump", 1)).isEqualTo(0x87);
    }
    try (RawClient client = connected(4)) {
      client.send(subscribe(4, 3, "detections/#", 1));
      assertThat(client.receive()).containsExactly(0x90, 0, 3, 0x80);
    }
  }

  @Test
  void shouldEndASilentClientAfterOneAndAHalfTimesItsKeepAlive() throws Exception {
    byte[] connect = connect(4, "silent");
    connect[11] = 1; // Keep alive, in seconds.
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.send(connect).receive()).containsExactly(0x20, 0, 0);
      assertThat(client.isClosedByServer()).isTrue();
    }
    assertThat(server.metric("disconnects", "reason", "keep-alive-timeout")).isEqualTo(1);
  }

  @Test
  void shouldEndAConnectionWithoutConnect() throws Exception {
    restart(Map.of("connect-timeout", "PT0.5S"));
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void shouldEndAClientThatNeverFinishesAPacket() throws Exception {
    restart(Map.of("packet-timeout", "PT0.5S"));
    try (RawClient client = connected(4)) {
      client.send(new byte[] {0x30, 100, 0});
      assertThat(client.isClosedByServer()).isTrue();
    }
    await().until(() -> server.metric("unanswered.bytes") == 0);
  }

  @Test
  void shouldTurnAwayWhoComesAboveTheLimit() throws Exception {
    restart(Map.of("max-connections", "1"));
    try (RawClient first = connected(4);
        RawClient second = new RawClient(server.port())) {
      assertThat(second.send(connect(5, "second")).receive()).startsWith(0x20, 0, 0x89);
      first.send(new byte[] {(byte) 0xC0, 0});
      assertThat(first.receive()).startsWith(0xD0);
    }
  }

  @Test
  void shouldEndTheOldConnectionOfAClientThatComesAgain() throws Exception {
    try (RawClient old = new RawClient(server.port());
        RawClient young = new RawClient(server.port())) {
      assertThat(old.send(connect(5, "same")).receive()).startsWith(0x20, 0, 0);
      assertThat(young.send(connect(5, "same")).receive()).startsWith(0x20, 0, 0);
      assertThat(old.receive()).startsWith(0xE0, 0x8E);
      young.send(new byte[] {(byte) 0xC0, 0});
      assertThat(young.receive()).startsWith(0xD0);
    }
  }

  private byte[] sequenced(int sequence) {
    return ("{\"sequence\":" + sequence + ",\"readings\":{\"values\":[1]}}").getBytes(UTF_8);
  }

  private void restart(Map<String, String> settings) {
    server.close();
    server = new ServerUnderTest(settings);
  }

  private static int subscribed(RawClient client, String filter, int qos) throws Exception {
    byte[] answer = client.send(subscribe(5, 9, filter, qos)).receive();
    assertThat(answer).startsWith(0x90, 0, 9, 0).hasSize(5);
    return answer[4] & 0xFF;
  }

  private static Thread inBackground(RawClient client, byte[] payload) {
    Thread thread =
        new Thread(
            () -> {
              try {
                client.send(publish(4, "telemetry/d/known/f32", 1, 1, payload));
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    thread.start();
    return thread;
  }

  private RawClient connected(int level) throws Exception {
    RawClient client = new RawClient(server.port());
    assertThat(client.send(connect(level, "")).receive()).startsWith(0x20, 0, 0);
    return client;
  }
}
