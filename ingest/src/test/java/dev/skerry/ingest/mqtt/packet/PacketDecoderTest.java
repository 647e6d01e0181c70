package dev.skerry.ingest.mqtt.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketDecoderTest {

  private static final int FUZZED = Integer.getInteger("skerry.fuzz.packets", 50_000);

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void shouldReadTheSmallestConnect(int level) throws Exception {
    Packet.Connect connect = connect(ClientPackets.connect(level, "pump-7"));
    assertThat(connect.version().level()).isEqualTo(level);
    assertThat(connect.clientId()).isEqualTo("pump-7");
    assertThat(connect.cleanStart()).isTrue();
    assertThat(connect.keepAliveSeconds()).isEqualTo(60);
    assertThat(connect.will()).isEmpty();
    assertThat(connect.password()).isEmpty();
  }

  @Test
  void shouldReadEverythingThatAConnectMayHave() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    ClientPackets.text(body, "MQTT");
    body.writeBytes(new byte[] {5, (byte) 0b1110_1110, 0, 30});
    body.writeBytes(new byte[] {3, 0x21, 0, 7}); // Receive maximum.
    ClientPackets.text(body, "c");
    body.writeBytes(new byte[] {5, 0x18, 0, 0, 0, 9}); // Will delay.
    ClientPackets.text(body, "telemetry/d/s");
    ClientPackets.text(body, "gone");
    ClientPackets.text(body, "d");
    ClientPackets.text(body, "secret");
    Packet.Connect connect = connect(ClientPackets.packet(0x10, body));
    assertThat(connect.properties().number(Property.RECEIVE_MAXIMUM)).hasValue(7);
    Packet.Will will = connect.will().orElseThrow();
    assertThat(will.topic()).isEqualTo("telemetry/d/s");
    assertThat(will.payload()).asString().isEqualTo("gone");
    assertThat(will.qos()).isEqualTo(1);
    assertThat(will.retain()).isTrue();
    assertThat(connect.userName()).contains("d");
    assertThat(connect.password().orElseThrow()).asString().isEqualTo("secret");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 0, 255})
  void shouldSayWhichVersionsItSpeaks(int level) {
    ProtocolException e = refusal(ClientPackets.connect(level, "c"), ProtocolVersion.V5);
    assertThat(e.reason()).isEqualTo(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION);
    assertThat(e).hasMessageContaining("3.1.1");
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void shouldReadAMessage(ProtocolVersion version) throws Exception {
    byte[] packet =
        ClientPackets.publish(version.level(), "telemetry/d/s", 1, 513, new byte[] {1, 2});
    Packet.Publish publish = (Packet.Publish) decode(packet, version);
    assertThat(publish.topic()).isEqualTo("telemetry/d/s");
    assertThat(publish.packetId()).isEqualTo(513);
    assertThat(publish.payload()).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"telemetry/+/s", "#", "telemetry/d/#"})
  void shouldRefuseWildcardsInAMessagesTopic(String topic) {
    byte[] packet = ClientPackets.publish(5, topic, 1, 1, new byte[0]);
    assertThat(refusal(packet, ProtocolVersion.V5).reason())
        .isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
  }

  @Test
  void shouldRefuseWhatTheStandardForbids() {
    assertMalformed(ClientPackets.publish(4, "a/b/c", 3, 1, new byte[0]));
    assertMalformed(ClientPackets.subscribe(4, 1, "detections/d", 3));
    assertMalformed(ClientPackets.publish(4, "a\0b", 0, 0, new byte[0]));
    assertMalformed(new byte[] {0x30, 4, 0, 2, (byte) 0xC3, (byte) 0x28});
    assertMalformed(new byte[] {(byte) 0xC0, 1, 0});
    assertMalformed(new byte[] {(byte) 0xC1, 0});
    assertMalformed(new byte[] {0, 0});
    assertThat(refusal(ClientPackets.publish(4, "a", 1, 0, new byte[0]), ProtocolVersion.V3_1_1))
        .hasMessageContaining("packet identifier is 0");
    assertThat(refusal(new byte[] {0x20, 2, 0, 0}, ProtocolVersion.V3_1_1).reason())
        .isEqualTo(ReasonCode.PROTOCOL_ERROR);
  }

  @Test
  void shouldRefusePropertiesThatRepeatOrDoNotBelong() {
    byte[] twice = {0x30, 9, 0, 1, 'a', 5, 1, 1, 1, 1, 0};
    assertThat(refusal(twice, ProtocolVersion.V5)).hasMessageContaining("twice");
    byte[] foreign = {0x30, 7, 0, 1, 'a', 3, 0x21, 0, 1};
    assertThat(refusal(foreign, ProtocolVersion.V5)).hasMessageContaining("does not belong here");
  }

  @Test
  void shouldEndEveryFuzzedPacketInAPacketOrAProtocolException() {
    Random random = new Random(20_261_122);
    byte[][] seeds = {
      ClientPackets.connect(4, "pump-7"),
      ClientPackets.connect(5, "pump-7"),
      ClientPackets.publish(4, "telemetry/d/s", 1, 7, new byte[40]),
      ClientPackets.publish(5, "telemetry/d/s/f32", 1, 7, new byte[40]),
      ClientPackets.subscribe(4, 9, "detections/d", 1),
      ClientPackets.subscribe(5, 9, "detections/d", 1),
      {(byte) 0xE0, 2, 4, 0},
      {(byte) 0xC0, 0},
    };
    int understood = 0;
    for (int i = 0; i < FUZZED; i++) {
      byte[] packet = mutated(seeds[i % seeds.length], random);
      ProtocolVersion version = i % 2 == 0 ? ProtocolVersion.V3_1_1 : ProtocolVersion.V5;
      try {
        assertThat(decode(packet, version)).isNotNull();
        understood++;
      } catch (ProtocolException e) {
        assertThat(e.reason().isFailure()).isTrue();
        assertThat(e.explanation()).isNotBlank();
      }
    }
    assertThat(understood).isBetween(FUZZED / 50, FUZZED * 9 / 10);
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] packet = Arrays.copyOf(seed, Math.max(2, seed.length + random.nextInt(9) - 4));
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
    }
    return packet;
  }

  private static void assertMalformed(byte[] packet) {
    assertThat(refusal(packet, ProtocolVersion.V3_1_1).reason())
        .isEqualTo(ReasonCode.MALFORMED_PACKET);
  }

  private static ProtocolException refusal(byte[] packet, ProtocolVersion version) {
    return catchThrowableOfType(ProtocolException.class, () -> decode(packet, version));
  }

  private static Packet.Connect connect(byte[] packet) throws ProtocolException {
    return (Packet.Connect) decode(packet, ProtocolVersion.V5);
  }

  /** The fuzzed ones need not say their length truly: what follows the two bytes is the body. */
  private static Packet decode(byte[] packet, ProtocolVersion version) throws ProtocolException {
    ByteBuffer body = ByteBuffer.wrap(packet, 2, packet.length - 2).slice();
    int firstByte = packet[0] & 0xFF;
    return PacketDecoder.isConnect(firstByte)
        ? PacketDecoder.connect(firstByte, body)
        : PacketDecoder.decode(firstByte, body, version);
  }
}
