package dev.skerry.inference.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.inference.testing.Records;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.schemas.serde.WriterSchemas;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The straight decoder against Avro's own, on records that are whole and on records that are not.
 */
class TelemetryDecoderFuzzTest {

  private static final int ROUNDS = 40_000;

  private final TelemetryDecoder straight = new TelemetryDecoder(WriterSchemas.catalogue());
  private final AvroDecoder<Telemetry> avro = new AvroDecoder<>(Telemetry.class);
  private final TelemetryView view = new TelemetryView();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldAgreeWithAvroOnMutatedRecordsAndNeverThrow(long seed) {
    Random random = new Random(seed);
    int readable = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = mutate(record(random), random);
      Reading reading = straight.decode(Records.fetched(bytes), view);
      Decoded<Telemetry> expected = avro.decode(bytes);
      if (reading == view) {
        readable++;
        assertSame(bytes, expected);
      } else if (expected instanceof Decoded.Value<Telemetry>) {
        assertStricterRule((Reading.Unreadable) reading, bytes);
      }
    }
    assertThat(readable).as("mutations that leave a record readable").isGreaterThan(ROUNDS / 20);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void shouldNeverThrowOnRandomBytes(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[WireFormat.HEADER_BYTES + random.nextInt(200)];
      random.nextBytes(bytes);
      WireFormat.writeHeader(bytes, 1_000_001);
      Reading reading = straight.decode(Records.fetched(bytes), view);
      if (reading == view) {
        assertSame(bytes, avro.decode(bytes));
      }
    }
  }

  /** Both read the bytes, and then they read the same. */
  private void assertSame(byte[] bytes, Decoded<Telemetry> expected) {
    assertThat(expected).as("Avro on what was readable").isInstanceOf(Decoded.Value.class);
    Telemetry telemetry = ((Decoded.Value<Telemetry>) expected).value();
    assertThat(view.record()).isEqualTo(bytes);
    assertThat(new String(view.deviceId(), StandardCharsets.UTF_8))
        .isEqualTo(telemetry.getDeviceId());
    assertThat(view.stream()).isEqualTo(telemetry.getStream());
    if (telemetry.getPayload() instanceof Readings readings) {
      assertThat(view.isFrame()).isFalse();
      assertThat(view.channels()).isEqualTo(readings.getChannels());
      assertThat(view.steps()).isEqualTo(readings.getSteps());
      assertValues(readings.getValues());
    } else {
      Frame frame = (Frame) telemetry.getPayload();
      assertThat(view.isFrame()).isTrue();
      assertThat(view.frameWidth()).isEqualTo(frame.getWidth());
      assertThat(view.frameHeight()).isEqualTo(frame.getHeight());
    }
  }

  private void assertValues(List<Float> expected) {
    assertThat(view.valueCount()).isEqualTo(expected.size());
    ByteBuffer copied =
        ByteBuffer.allocateDirect(view.valueCount() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    view.copyValues(copied, 0);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(copied.getInt(i * Float.BYTES))
          .isEqualTo(Float.floatToRawIntBits(expected.get(i)));
    }
  }

  /** Avro replaces what is not UTF-8, and knows no limit on names; we refuse both, by name. */
  private static void assertStricterRule(Reading.Unreadable reading, byte[] bytes) {
    assertThat(reading.detail())
        .as("why only Avro reads %s", Arrays.toString(bytes))
        .matches(detail -> detail.contains("is not UTF-8") || detail.contains("are admitted"));
  }

  private static byte[] record(Random random) {
    if (random.nextInt(5) == 0) {
      return Records.encode(Records.frame("cam", "parts", random.nextInt(), random.nextInt(50)));
    }
    int channels = random.nextInt(4);
    int steps = random.nextInt(20);
    return Records.encode(
        Records.readings("pump-ü", "pump", random.nextLong(), channels, steps, random));
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original;
    int mutations = random.nextInt(4);
    for (int i = 0; i < mutations; i++) {
      int at = WireFormat.HEADER_BYTES + random.nextInt(bytes.length - WireFormat.HEADER_BYTES);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
        case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(10));
        default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 10), (byte) 0xFF);
      }
    }
    return bytes;
  }
}
