package dev.skerry.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.SampleRecords;
import dev.skerry.schemas.Telemetry;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class SerdeTest {

  private final byte[] telemetry =
      new AvroEncoder<>(Telemetry.class).encode(SampleRecords.telemetry());
  private final AvroDecoder<Telemetry> decoder = new AvroDecoder<>(Telemetry.class);

  @Test
  void shouldWriteMagicByteAndTheFixedIdBigEndian() {
    assertThat(ByteBuffer.wrap(telemetry).get(0)).isZero();
    assertThat(ByteBuffer.wrap(telemetry).getInt(1)).isEqualTo(1_000_001);
    assertThat(WireFormat.schemaId(telemetry)).isEqualTo(1_000_001);
  }

  @Test
  void shouldGiveBackWhatWasWritten() {
    assertThat(decoder.decode(telemetry)).isEqualTo(new Decoded.Value<>(SampleRecords.telemetry()));
    RetrainingSample sample = SampleRecords.retrainingSample();
    assertThat(
            new AvroDecoder<>(RetrainingSample.class)
                .decode(new AvroEncoder<>(RetrainingSample.class).encode(sample)))
        .isEqualTo(new Decoded.Value<>(sample));
  }

  @Test
  void shouldKeepTombstonesAndRefuseBadBytesAsAKafkaSerde() {
    Serde<Detection> serde = SkerryAvroSerde.of(Detection.class);
    Detection detection = SampleRecords.detection();
    byte[] bytes = serde.serializer().serialize("detections", detection);
    assertThat(serde.deserializer().deserialize("detections", bytes)).isEqualTo(detection);
    assertThat(serde.serializer().serialize("detections", null)).isNull();
    assertThat(serde.deserializer().deserialize("detections", null)).isNull();
    assertThatThrownBy(() -> serde.deserializer().deserialize("detections", new byte[] {1}))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("detections")
        .hasMessageContaining("too few");
  }

  @Test
  void shouldSayWhyBytesAreNoRecord() {
    assertThat(reason(new byte[3])).isEqualTo(DeadLetterReason.NOT_AVRO);
    assertThat(reason(changed(0, (byte) 7))).isEqualTo(DeadLetterReason.NOT_AVRO);
    assertThat(reason(changed(1, (byte) 99))).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA);
    assertThat(reason(Arrays.copyOf(telemetry, telemetry.length - 1)))
        .isEqualTo(DeadLetterReason.UNDECODABLE);
    assertThat(reason(Arrays.copyOf(telemetry, telemetry.length + 1)))
        .isEqualTo(DeadLetterReason.UNDECODABLE);
    byte[] detection = new AvroEncoder<>(Detection.class).encode(SampleRecords.detection());
    assertThat(reason(detection)).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA);
  }

  @Test
  void shouldNotGiveUpAnIdThatANewerReleaseMayHaveWritten() {
    byte[] newer = telemetry.clone();
    WireFormat.writeHeader(newer, 1_999_999);
    byte[] foreign = telemetry.clone();
    WireFormat.writeHeader(foreign, 2_000_000);

    assertThat(decoder.decode(newer))
        .isInstanceOfSatisfying(
            Decoded.NotYetKnown.class,
            unknown -> {
              assertThat(unknown.schemaId()).isEqualTo(1_999_999);
              assertThat(unknown.detail()).contains("newer release");
            });
    assertThat(reason(foreign)).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA);
  }

  @Test
  void shouldSurviveAnyBytesBehindAValidHeader() {
    Random random = new Random(7);
    int malformed = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] mutated = telemetry.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        int at = WireFormat.HEADER_BYTES + random.nextInt(mutated.length - 5);
        mutated[at] = (byte) random.nextInt(256);
      }
      malformed += decoder.decode(mutated) instanceof Decoded.Malformed ? 1 : 0;
    }
    assertThat(malformed).isBetween(1, 49_999);
  }

  private DeadLetterReason reason(byte[] bytes) {
    assertThat(decoder.decode(bytes)).isInstanceOf(Decoded.Malformed.class);
    return ((Decoded.Malformed<Telemetry>) decoder.decode(bytes)).reason();
  }

  private byte[] changed(int at, byte value) {
    byte[] changed = telemetry.clone();
    changed[at] = value;
    return changed;
  }
}
