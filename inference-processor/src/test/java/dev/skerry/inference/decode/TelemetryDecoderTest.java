package dev.skerry.inference.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.inference.testing.Records;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.schemas.serde.WriterSchemas;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TelemetryDecoderTest {

  private final TelemetryDecoder decoder = new TelemetryDecoder(WriterSchemas.catalogue());
  private final TelemetryView view = new TelemetryView();

  @Test
  void shouldShowReadingsAsTheyLieInTheirBytes() {
    Telemetry telemetry = Records.readings("pump-7", "pump", 12, 2, 2, 1f, -2f, 3.5f, 1e-20f);

    assertThat(decoder.decode(Records.fetched(Records.encode(telemetry)), view)).isSameAs(view);

    assertThat(view.isFrame()).isFalse();
    assertThat(view.channels()).isEqualTo(2);
    assertThat(view.steps()).isEqualTo(2);
    assertThat(view.stream()).isEqualTo("pump");
    assertThat(view.deviceId()).asString().isEqualTo("pump-7");
    assertThat(values()).containsExactly(1f, -2f, 3.5f, 1e-20f);
  }

  @Test
  void shouldShowFrames() {
    byte[] bytes = Records.encode(Records.frame("cam-1", "parts", 1, 1000));

    assertThat(decoder.decode(Records.fetched(bytes), view)).isSameAs(view);

    assertThat(view.isFrame()).isTrue();
    assertThat(view.frameWidth()).isEqualTo(640);
    assertThat(view.frameHeight()).isEqualTo(480);
  }

  @Test
  void shouldReadValuesInSeveralBlocksAndBlocksThatAnnounceTheirSize() throws Exception {
    assertThat(decoder.decode(Records.fetched(inBlocks(8)), view)).isSameAs(view);

    assertThat(view.valueCount()).isEqualTo(5);
    assertThat(values()).containsExactly(1f, 2f, 3f, 4f, Float.NaN);
    assertThat(view.firstNonFinite()).isEqualTo(4);
  }

  @Test
  void shouldFindTheFirstValueThatIsNoNumber() {
    decoder.decode(
        Records.fetched(
            Records.encode(Records.readings("d", "s", 1, 1, 3, 0, Float.NEGATIVE_INFINITY, 1))),
        view);
    assertThat(view.firstNonFinite()).isEqualTo(1);

    decoder.decode(
        Records.fetched(
            Records.encode(Records.readings("d", "s", 1, 1, 3, 0, Float.MAX_VALUE, -0f))),
        view);
    assertThat(view.firstNonFinite()).isEqualTo(-1);
  }

  @Property(tries = 300)
  void shouldFindTheFirstValueThatIsNoNumberAmongAnyValues(
      @ForAll @Size(min = 1, max = 70) List<@From("floats") Float> values) {
    float[] floats = new float[values.size()];
    int expected = -1;
    for (int i = floats.length - 1; i >= 0; i--) {
      floats[i] = values.get(i);
      expected = Float.isFinite(floats[i]) ? expected : i;
    }
    decoder.decode(
        Records.fetched(Records.encode(Records.readings("d", "s", 1, 1, floats.length, floats))),
        view);

    assertThat(view.firstNonFinite()).isEqualTo(expected);
  }

  @Provide
  Arbitrary<Float> floats() {
    return Arbitraries.frequencyOf(
        Tuple.of(100, Arbitraries.integers().map(Float::intBitsToFloat)),
        Tuple.of(1, Arbitraries.of(Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY)),
        Tuple.of(9, Arbitraries.of(0f, -0f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE)));
  }

  @Test
  void shouldResolveRecordsThatWereWrittenWithAnotherSchema() {
    byte[] bytes = Records.encode(Records.readings("pump-7", "pump", 12, 1, 3, 1, 2, 3));
    int idOfAnotherVersion = WireFormat.schemaId(bytes) + 1;

    assertThat(
            new TelemetryDecoder(WriterSchemas.catalogue(), idOfAnotherVersion)
                .decode(Records.fetched(bytes), view))
        .isSameAs(view);

    assertThat(view.record()).isEqualTo(bytes);
    assertThat(values()).containsExactly(1f, 2f, 3f);
  }

  @Test
  void shouldSayWhyARecordIsUnreadable() {
    byte[] good = Records.encode(Records.readings("d", "s", 1, 1, 3, 1, 2, 3));
    byte[] unknownId = good.clone();
    WireFormat.writeHeader(unknownId, 77);
    byte[] detectionId = good.clone();
    WireFormat.writeHeader(detectionId, 1_000_002);
    byte[] noText = good.clone();
    noText[WireFormat.HEADER_BYTES + 1] = (byte) 0xFF;

    assertReason(null, DeadLetterReason.UNDECODABLE, "tombstone");
    assertReason(new byte[0], DeadLetterReason.NOT_AVRO, "0 bytes");
    assertReason(new byte[] {1, 2, 3, 4, 5, 6}, DeadLetterReason.NOT_AVRO, "byte 1");
    assertReason(unknownId, DeadLetterReason.UNKNOWN_SCHEMA, "77");
    assertReason(detectionId, DeadLetterReason.UNKNOWN_SCHEMA, "1000002");
    assertReason(
        Arrays.copyOf(good, good.length - 1), DeadLetterReason.UNDECODABLE, "ends too early");
    assertReason(Arrays.copyOf(good, good.length + 1), DeadLetterReason.UNDECODABLE, "left over");
    assertReason(noText, DeadLetterReason.UNDECODABLE, "deviceId is not UTF-8");
  }

  @Test
  void shouldRefuseNamesThatWouldNotFitTheAnswers() {
    byte[] bytes = Records.encode(Records.readings("d".repeat(20_000), "s", 1, 1, 1, 1));

    assertReason(bytes, DeadLetterReason.INVALID, "at most 16384");
  }

  private void assertReason(byte @Nullable [] bytes, DeadLetterReason reason, String detail) {
    Reading reading = decoder.decode(bytes == null ? null : Records.fetched(bytes), view);
    assertThat(reading).isInstanceOf(Reading.Unreadable.class);
    Reading.Unreadable unreadable = (Reading.Unreadable) reading;
    assertThat(unreadable.reason()).isEqualTo(reason);
    assertThat(unreadable.detail()).contains(detail);
  }

  private float[] values() {
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(view.valueCount() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    view.copyValues(buffer, 0);
    float[] values = new float[view.valueCount()];
    buffer.asFloatBuffer().get(values);
    return values;
  }

  private static byte[] inBlocks(int announcedBytes) throws Exception {
    byte[] whole = Records.encode(Records.readings("d", "s", 1, 1, 5));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(whole, 0, whole.length - 1); // All but the empty array.
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    encoder.writeLong(1);
    encoder.writeFloat(1);
    encoder.writeLong(-2);
    encoder.writeLong(announcedBytes);
    encoder.writeFloat(2);
    encoder.writeFloat(3);
    encoder.writeLong(2);
    encoder.writeFloat(4);
    encoder.writeFloat(Float.NaN);
    encoder.writeLong(0);
    encoder.flush();
    return out.toByteArray();
  }
}
