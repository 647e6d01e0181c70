package dev.skerry.warehouse.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessVerdict;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("JavaUtilDate") // Connect's dates, times and instants are of this class.
class SkerryAvroConverterTest {

  private static final String TOPIC = "some-topic";

  /** Of a schema that a registry has, outside of the catalogue's block. */
  private static final int PLAIN_ID = 7002;

  private final SkerryAvroConverter converter = new SkerryAvroConverter();

  private static final Schema EVERYTHING =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Everything", "namespace": "test", "fields": [
                {"name": "yes", "type": "boolean"},
                {"name": "small", "type": "int"},
                {"name": "large", "type": "long"},
                {"name": "single", "type": "float"},
                {"name": "twice", "type": "double"},
                {"name": "text", "type": "string"},
                {"name": "raw", "type": "bytes"},
                {"name": "four", "type": {"type": "fixed", "name": "Four", "size": 4}},
                {"name": "colour", "type": {"type": "enum", "name": "Colour", "symbols": ["RED", "BLUE"]}},
                {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                {"name": "timeMillis", "type": {"type": "int", "logicalType": "time-millis"}},
                {"name": "timeMicros", "type": {"type": "long", "logicalType": "time-micros"}},
                {"name": "atMillis", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "atMicros", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "atNanos", "type": {"type": "long", "logicalType": "timestamp-nanos"}},
                {"name": "localMillis", "type": {"type": "long", "logicalType": "local-timestamp-millis"}},
                {"name": "localMicros", "type": {"type": "long", "logicalType": "local-timestamp-micros"}},
                {"name": "localNanos", "type": {"type": "long", "logicalType": "local-timestamp-nanos"}},
                {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
                {"name": "priceFixed", "type": {"type": "fixed", "name": "Price", "size": 6, "logicalType": "decimal", "precision": 9, "scale": 2}},
                {"name": "exact", "type": {"type": "bytes", "logicalType": "big-decimal"}},
                {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
                {"name": "idFixed", "type": {"type": "fixed", "name": "Id", "size": 16, "logicalType": "uuid"}},
                {"name": "span", "type": {"type": "fixed", "name": "Span", "size": 12, "logicalType": "duration"}},
                {"name": "maybe", "type": ["null", "string"], "default": null},
                {"name": "either", "type": ["int", "string", {"type": "record", "name": "Inner", "fields": [{"name": "n", "type": "long"}]}]},
                {"name": "eitherOrNot", "type": ["null", "boolean", "Inner"]},
                {"name": "many", "type": {"type": "array", "items": ["null", "Inner"]}},
                {"name": "mixed", "type": {"type": "array", "items": ["Colour", "long"]}},
                {"name": "inners", "type": {"type": "map", "values": "Inner"}},
                {"name": "byName", "type": {"type": "map", "values": {"type": "array", "items": "double"}}}
              ]}
              """);

  private static GenericData.Record everything() {
    GenericData.Record record = new GenericData.Record(EVERYTHING);
    GenericData.Record inner =
        new GenericData.Record(EVERYTHING.getField("either").schema().getTypes().get(2));
    inner.put("n", 7L);
    record.put("yes", true);
    record.put("small", 1);
    record.put("large", 2L);
    record.put("single", 1.5f);
    record.put("twice", 2.5);
    record.put("text", "grün");
    record.put("raw", ByteBuffer.wrap(new byte[] {1, 2}));
    record.put("four", fixed("four", new byte[] {1, 2, 3, 4}));
    record.put(
        "colour", new GenericData.EnumSymbol(EVERYTHING.getField("colour").schema(), "BLUE"));
    record.put("day", (int) LocalDate.parse("2026-03-01").toEpochDay());
    record.put("timeMillis", 3_600_001);
    record.put("timeMicros", 3_600_000_001L);
    record.put("atMillis", Instant.parse("2026-03-01T10:00:00.123Z").toEpochMilli());
    record.put("atMicros", 1_772_359_200_123_456L);
    record.put("atNanos", 1_772_359_200_123_456_789L);
    record.put("localMillis", 5L);
    record.put("localMicros", 6L);
    record.put("localNanos", 7L);
    record.put("price", ByteBuffer.wrap(BigInteger.valueOf(-12345).toByteArray()));
    record.put("priceFixed", fixed("priceFixed", new byte[] {-1, -1, -1, -1, -49, -57}));
    record.put(
        "exact",
        new org.apache.avro.Conversions.BigDecimalConversion()
            .toBytes(
                new BigDecimal("1.25"),
                EVERYTHING.getField("exact").schema(),
                EVERYTHING.getField("exact").schema().getLogicalType()));
    record.put("id", "0b7c6d5e-0000-4000-8000-000000000001");
    record.put(
        "idFixed",
        fixed("idFixed", new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}));
    record.put("span", fixed("span", new byte[] {1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0}));
    record.put("maybe", null);
    record.put("either", inner);
    record.put("eitherOrNot", null);
    record.put("many", java.util.Arrays.asList(inner, null));
    record.put("mixed", List.of(record.get("colour"), 8L));
    record.put("inners", Map.of("one", inner));
    record.put("byName", Map.of("a", List.of(1.0, 2.0)));
    return record;
  }

  private static GenericData.Fixed fixed(String field, byte[] bytes) {
    return new GenericData.Fixed(EVERYTHING.getField(field).schema(), bytes);
  }

  private static Struct converted(Object record, Schema schema) {
    FromAvro conversion = AvroSchemas.compile(schema);
    Struct struct = (Struct) conversion.convert(record);
    struct.validate();
    assertThat(struct.schema()).isEqualTo(conversion.schema());
    return struct;
  }

  @Test
  void shouldConvertEveryTypeAndLoseNothing() {
    Struct struct = converted(everything(), EVERYTHING);

    assertThat(struct.getBoolean("yes")).isTrue();
    assertThat(struct.getInt32("small")).isEqualTo(1);
    assertThat(struct.getInt64("large")).isEqualTo(2);
    assertThat(struct.getFloat32("single")).isEqualTo(1.5f);
    assertThat(struct.getFloat64("twice")).isEqualTo(2.5);
    assertThat(struct.getString("text")).isEqualTo("grün");
    assertThat(struct.getBytes("raw")).containsExactly(1, 2);
    assertThat(struct.getBytes("four")).containsExactly(1, 2, 3, 4);
    assertThat(struct.getString("colour")).isEqualTo("BLUE");
    assertThat(struct.get("day")).isEqualTo(Date.from(Instant.parse("2026-03-01T00:00:00Z")));
    assertThat(struct.get("timeMillis")).isEqualTo(new Date(3_600_001));
    assertThat(struct.get("timeMicros")).isEqualTo(3_600_000_001L);
    assertThat(struct.get("atMillis"))
        .isEqualTo(Date.from(Instant.parse("2026-03-01T10:00:00.123Z")));
    assertThat(struct.get("atMicros")).isEqualTo(1_772_359_200_123_456L);
    assertThat(struct.schema().field("atMicros").schema().name())
        .isEqualTo("avro.timestamp-micros");
    assertThat(struct.get("atNanos")).isEqualTo(1_772_359_200_123_456_789L);
    assertThat(struct.get("localMillis")).isEqualTo(5L);
    assertThat(struct.get("localMicros")).isEqualTo(6L);
    assertThat(struct.get("localNanos")).isEqualTo(7L);
    assertThat(struct.get("price")).isEqualTo(new BigDecimal("-123.45"));
    assertThat(struct.get("priceFixed")).isEqualTo(new BigDecimal("-123.45"));
    assertThat(struct.get("exact")).isEqualTo("1.25");
    assertThat(struct.get("id")).isEqualTo("0b7c6d5e-0000-4000-8000-000000000001");
    assertThat(struct.get("idFixed")).isEqualTo("00010203-0405-0607-0809-0a0b0c0d0e0f");
    assertThat(struct.getBytes("span")).containsExactly(1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0);
    assertThat(struct.get("maybe")).isNull();
    assertThat(struct.getStruct("either").getStruct("Inner").getInt64("n")).isEqualTo(7);
    assertThat(struct.getStruct("either").get("int")).isNull();
    assertThat(struct.get("eitherOrNot")).isNull();
    assertThat(struct.getArray("many")).hasSize(2).endsWith((Object) null);
    assertThat(
            struct.<Struct>getArray("mixed").stream()
                .map(each -> Objects.requireNonNullElse(each.get("Colour"), each.get("long"))))
        .containsExactly("BLUE", 8L);
    assertThat(struct.<String, Struct>getMap("inners").values())
        .extracting(each -> each.getInt64("n"))
        .containsExactly(7L);
    assertThat(struct.getMap("byName")).isEqualTo(Map.of("a", List.of(1.0, 2.0)));
  }

  @Test
  void shouldGoTheWayBackToTheSameValues() {
    Struct struct = converted(everything(), EVERYTHING);
    Schema back = ConnectSchemas.toAvro(struct.schema());
    Object record = Objects.requireNonNull(ToAvro.convert(struct, back));

    assertThat(GenericData.get().validate(back, record)).isTrue();
    Struct again = converted(record, back);
    assertThat(withoutBytes(again)).isEqualTo(withoutBytes(struct));
    assertThat(again.getBytes("raw")).isEqualTo(struct.getBytes("raw"));
    assertThat(again.getBytes("four")).isEqualTo(struct.getBytes("four"));
    assertThat(again.getBytes("span")).isEqualTo(struct.getBytes("span"));
    assertThat(back.getField("atMicros").schema().getLogicalType().getName())
        .isEqualTo("timestamp-micros");
    assertThat(back.getField("colour").schema().getEnumSymbols()).containsExactly("RED", "BLUE");
  }

  private static String withoutBytes(Struct struct) {
    return struct.toString().replaceAll("\\[B@[0-9a-f]+", "bytes");
  }

  @Test
  void shouldReadWhatTheServicesWriteWithoutARegistry() {
    converter.configure(Map.of(), /* isKey= */ false);
    byte[] bytes = new AvroEncoder<>(Telemetry.class).encode(telemetry());

    SchemaAndValue read = converter.toConnectData(TOPIC, bytes);

    Struct struct = (Struct) read.value();
    assertThat(struct.getString("deviceId")).isEqualTo("pump-7");
    Struct payload = struct.getStruct("payload");
    assertThat(payload.getStruct("Readings").getInt32("steps")).isEqualTo(2);
    assertThat(payload.getStruct("Frame")).isNull();
  }

  @Test
  void shouldWriteWhatItReadsByteForByte() {
    converter.configure(Map.of("schema.registry.url", ""), /* isKey= */ false);
    byte[] bytes = new AvroEncoder<>(Completeness.class).encode(completeness());
    SchemaAndValue read = converter.toConnectData(TOPIC, bytes);

    assertThat(converter.fromConnectData(TOPIC, read.schema(), read.value())).isEqualTo(bytes);
  }

  @Test
  void shouldKeepATombstone() {
    converter.configure(Map.of(), /* isKey= */ false);
    assertThat(converter.toConnectData(TOPIC, null)).isEqualTo(SchemaAndValue.NULL);
    assertThat(converter.fromConnectData(TOPIC, null, null)).isNull();
  }

  @Test
  void shouldRefuseBytesThatAreNoAvro() {
    converter.configure(Map.of(), /* isKey= */ false);
    assertThatThrownBy(() -> converter.toConnectData(TOPIC, new byte[] {7, 7}))
        .isInstanceOf(DataException.class)
        .isNotInstanceOf(RetriableException.class);
  }

  @Test
  void shouldRefuseARecordOfAnotherTable() {
    converter.configure(
        Map.of(SkerryAvroConverter.RECORD_NAME, ModelStatus.class.getName()), /* isKey= */ false);
    byte[] bytes = new AvroEncoder<>(Completeness.class).encode(completeness());
    assertThatThrownBy(() -> converter.toConnectData(TOPIC, bytes))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is not a dev.skerry.schemas.ModelStatus");
  }

  @Test
  void shouldRefuseAFieldOfAnotherType() {
    Schema forged =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Completeness", "namespace": "dev.skerry.schemas",
                 "fields": [{"name": "siteId", "type": "long"}]}
                """);
    assertThatThrownBy(() -> Admission.of("dev.skerry.schemas.Completeness").require(forged))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("does not fit");
  }

  @Test
  void shouldRefuseATimeThatNoCalendarHas() {
    converter.configure(Map.of(), /* isKey= */ false);
    Completeness far = completeness();
    far.setJudgedAt(Instant.ofEpochMilli(Long.MAX_VALUE));
    byte[] bytes = new AvroEncoder<>(Completeness.class).encode(far);
    assertThatThrownBy(() -> converter.toConnectData(TOPIC, bytes))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("years");
  }

  @Test
  void shouldAskToTryAgainWhileTheRegistryIsAway() {
    converter.configure(Map.of("schema.registry.url", "http://127.0.0.1:1"), /* isKey= */ false);
    assertThatThrownBy(() -> converter.toConnectData(TOPIC, new byte[] {0, 0, 0, 0, 7, 1}))
        .isInstanceOf(RetriableException.class);
  }

  @ParameterizedTest
  @MethodSource("plainValues")
  void shouldReadValuesThatAreNoRecords(Schema schema, Object written, Object expected)
      throws IOException {
    HttpServer registry =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    registry.createContext(
        "/schemas/ids/" + PLAIN_ID,
        exchange -> {
          try (exchange) {
            byte[] answer =
                new ObjectMapper().writeValueAsBytes(Map.of("schema", schema.toString()));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    registry.start();
    try {
      converter.configure(
          Map.of("schema.registry.url", "http://127.0.0.1:" + registry.getAddress().getPort()),
          /* isKey= */ false);
      assertThat(converter.toConnectData(TOPIC, wireFormat(schema, written)).value())
          .isEqualTo(expected);
    } finally {
      registry.stop(0);
    }
  }

  static Stream<Arguments> plainValues() {
    Schema numbers = Schema.createArray(Schema.create(Schema.Type.DOUBLE));
    byte[] raw = {1, 2};
    return Stream.of(
        Arguments.of(Schema.create(Schema.Type.STRING), "grün", "grün"),
        Arguments.of(Schema.create(Schema.Type.INT), 3, 3),
        Arguments.of(Schema.create(Schema.Type.LONG), 4L, 4L),
        Arguments.of(Schema.create(Schema.Type.BOOLEAN), true, true),
        Arguments.of(Schema.create(Schema.Type.FLOAT), 1.5f, 1.5f),
        Arguments.of(Schema.create(Schema.Type.DOUBLE), 2.5, 2.5),
        Arguments.of(Schema.create(Schema.Type.BYTES), raw, raw),
        Arguments.of(numbers, List.of(1.0, 2.0), List.of(1.0, 2.0)));
  }

  private static byte[] wireFormat(Schema schema, Object value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] header = new byte[WireFormat.HEADER_BYTES];
    WireFormat.writeHeader(header, PLAIN_ID);
    out.writeBytes(header);
    if (value instanceof byte[] bytes) {
      out.writeBytes(bytes); // Confluent writes them without Avro's length.
      return out.toByteArray();
    }
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<Object>(schema).write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  @Test
  void shouldRefuseASchemaThatContainsItself() {
    Schema list =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Node", "fields": [
                  {"name": "next", "type": ["null", "Node"]}]}
                """);
    assertThatThrownBy(() -> AvroSchemas.compile(list)).isInstanceOf(DataException.class);
  }

  private static Telemetry telemetry() {
    return Telemetry.newBuilder()
        .setDeviceId("pump-7")
        .setSiteId("site-1")
        .setStream("pump")
        .setEventTime(Instant.parse("2026-03-01T10:00:00Z"))
        .setSequence(1)
        .setPayload(
            Readings.newBuilder()
                .setChannels(1)
                .setSteps(2)
                .setValues(List.of(0.5f, 0.25f))
                .build())
        .build();
  }

  private static Completeness completeness() {
    return Completeness.newBuilder()
        .setSiteId("site-1")
        .setTopic("aggregates")
        .setWindowStart(Instant.parse("2026-03-01T10:00:00Z"))
        .setWindowEnd(Instant.parse("2026-03-01T10:01:00Z"))
        .setVerdict(CompletenessVerdict.COMPLETE)
        .setDifference(0)
        .setEdgeCount(5L)
        .setCloudCount(5)
        .setEdgeHashSum(1L)
        .setCloudHashSum(1)
        .setJudgedAt(Instant.parse("2026-03-01T10:02:00Z"))
        .build();
  }
}
