package dev.skerry.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.generic.GenericRecord;

/** Whatever a device says comes out as it went in, by whichever of our two ways. */
class RoundTripTest {

  private static final String TOPIC = "telemetry";

  @Property(tries = 300)
  void shouldReadWhatWasWritten(@ForAll("telemetry") Telemetry telemetry) {
    byte[] encoded = new AvroEncoder<>(Telemetry.class).encode(telemetry);
    assertThat(new AvroDecoder<>(Telemetry.class).decode(encoded))
        .isEqualTo(new Decoded.Value<>(telemetry));
    try (SkerryAvroSerializer<Telemetry> serializer = new SkerryAvroSerializer<>();
        SkerryAvroDeserializer<Telemetry> deserializer =
            new SkerryAvroDeserializer<>(Telemetry.class)) {
      assertThat(serializer.serialize(TOPIC, telemetry)).isEqualTo(encoded);
      assertThat(deserializer.deserialize(TOPIC, encoded)).isEqualTo(telemetry);
    }
  }

  @Property(tries = 100)
  void shouldWriteAGenericRecordThatReadsAsTheObjectDoes(@ForAll("telemetry") Telemetry telemetry) {
    byte[] encoded = new AvroEncoder<>(Telemetry.class).encode(telemetry);
    try (SkerryAvroDeserializer<GenericRecord> generic =
            new SkerryAvroDeserializer<>(Telemetry.getClassSchema());
        SkerryAvroSerializer<GenericRecord> serializer = new SkerryAvroSerializer<>()) {
      // Not the same bytes: a map is in no order.
      byte[] again = serializer.serialize(TOPIC, generic.deserialize(TOPIC, encoded));
      assertThat(new AvroDecoder<>(Telemetry.class).decode(again))
          .isEqualTo(new Decoded.Value<>(telemetry));
    }
  }

  @Property(tries = 300)
  void shouldCallBytesThatWereCutOffMalformed(
      @ForAll("telemetry") Telemetry telemetry, @ForAll double share) {
    byte[] encoded = new AvroEncoder<>(Telemetry.class).encode(telemetry);
    int length = (int) (Math.abs(share % 1) * encoded.length);
    assertThat(new AvroDecoder<>(Telemetry.class).decode(Arrays.copyOf(encoded, length)))
        .isInstanceOf(Decoded.Malformed.class);
  }

  @Provide
  Arbitrary<Telemetry> telemetry() {
    Arbitrary<String> text =
        Arbitraries.strings().withCharRange('\u0000', '\ud7ff').ofMaxLength(20);
    Arbitrary<Map<String, String>> attributes = Arbitraries.maps(text, text).ofMaxSize(4);
    return Combinators.combine(
            text,
            text,
            text,
            Arbitraries.longs().between(-1L << 48, 1L << 48),
            Arbitraries.longs(),
            Arbitraries.longs(),
            attributes,
            Arbitraries.oneOf(readings(), frame()))
        .as(
            (device, site, stream, millis, epoch, sequence, more, payload) ->
                new Telemetry(
                    device,
                    site,
                    stream,
                    Instant.ofEpochMilli(millis),
                    epoch,
                    sequence,
                    more,
                    payload));
  }

  private static Arbitrary<Object> readings() {
    // Every pattern of bits, so NaN and infinity too.
    Arbitrary<List<Float>> values =
        Arbitraries.integers().map(Float::intBitsToFloat).list().ofMaxSize(50);
    return values.map(list -> new Readings(1, list.size(), 1f, new ArrayList<>(list)));
  }

  private static Arbitrary<Object> frame() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMaxSize(200)
        .map(bytes -> new Frame(FrameEncoding.PNG, 7, 5, ByteBuffer.wrap(bytes)));
  }
}
