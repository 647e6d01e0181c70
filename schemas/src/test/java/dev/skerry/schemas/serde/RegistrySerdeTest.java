package dev.skerry.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.SampleRecords;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.registry.FakeRegistry;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistrySerdeTest {

  private static final String POINT =
      "{\"type\":\"record\",\"name\":\"Point\",\"namespace\":\"a.b\",\"fields\":["
          + "{\"name\":\"x\",\"type\":\"int\"}%s]}";
  private static final Schema ONE = new Schema.Parser().parse(POINT.formatted(""));
  private static final Schema TWO =
      new Schema.Parser()
          .parse(POINT.formatted(",{\"name\":\"y\",\"type\":\"int\",\"default\":7}"));

  private final FakeRegistry registry = FakeRegistry.start();

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void shouldWriteAndReadTheCatalogueWithoutAskingTheRegistry() {
    Telemetry telemetry = SampleRecords.telemetry();
    byte[] bytes = serializer(Map.of()).serialize("telemetry", telemetry);
    assertThat(WireFormat.schemaId(bytes)).isEqualTo(1_000_001);
    assertThat(deserializer(Map.of("specific.avro.reader", "true")).deserialize("t", bytes))
        .isEqualTo(telemetry);
    GenericRecord generic = (GenericRecord) deserializer(Map.of()).deserialize("t", bytes);
    assertThat(generic.get("deviceId")).hasToString("pump-7");
    assertThat(serializer(Map.of()).serialize("telemetry", generic)).isEqualTo(bytes);
    assertThat(registry.requests()).isEmpty();
  }

  @Test
  void shouldRegisterSchemasOfItsOwnOnceAndReadThemElsewhere() {
    SkerryAvroSerializer<Object> serializer = serializer(Map.of());
    byte[] bytes = serializer.serialize("points", point(ONE, 3));
    assertThat(bytes).containsExactly(0, 0, 0, 0, 1, 6);
    serializer.serialize("points", point(new Schema.Parser().parse(ONE.toString()), 4));
    assertThat(registry.requests())
        .containsExactly("POST /subjects/points-value/versions?normalize=false");
    assertThat(deserializer(Map.of()).deserialize("points", bytes)).isEqualTo(point(ONE, 3));
  }

  @Test
  void shouldLookUpWithoutRegisteringAndSayWhatToDo() {
    SkerryAvroSerializer<Object> serializer =
        serializer(Map.of("auto.register.schemas", "false", "normalize.schemas", "true"));
    assertThatThrownBy(() -> serializer.serialize("points", point(ONE, 3)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContainingAll("points-value", "a.b.Point", "auto.register.schemas");
    int id = registry.register("others-value", ONE.toString());
    assertThat(WireFormat.schemaId(serializer.serialize("others", point(ONE, 3)))).isEqualTo(id);
    assertThat(registry.requests())
        .containsExactly(
            "POST /subjects/points-value?normalize=true&deleted=false",
            "POST /subjects/others-value?normalize=true&deleted=false");
  }

  @Test
  void shouldNameSubjectsAsTheStrategySays() {
    Map<String, String> ours =
        Map.of("value.subject.name.strategy", RecordNameStrategy.class.getName());
    Map<String, String> confluents =
        Map.of(
            "value.subject.name.strategy",
            "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");
    serializer(ours).serialize("points", point(ONE, 1));
    serializer(confluents).serialize("points", point(ONE, 1));
    SkerryAvroSerializer<Object> keys = new SkerryAvroSerializer<>();
    keys.configure(settings(ours), true);
    keys.serialize("points", "a key");
    assertThat(registry.requests())
        .containsExactly(
            "POST /subjects/a.b.Point/versions?normalize=false",
            "POST /subjects/points-a.b.Point/versions?normalize=false",
            "POST /subjects/points-key/versions?normalize=false");
    assertThatThrownBy(() -> serializer(ours).serialize("points", "a text"))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("string");
  }

  @Test
  void shouldNeverWriteForeignRecordsWithAnIdOfTheCatalogue() {
    registry.nextId(1_000_001);
    assertThatThrownBy(() -> serializer(Map.of()).serialize("points", point(ONE, 3)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContainingAll("1000001", "reserved");
    registry.nextId(1_999_999);
    assertThatThrownBy(() -> serializer(Map.of()).serialize("points", point(TWO, 3)))
        .isInstanceOf(SerializationException.class);
    registry.nextId(2_000_000);
    assertThat(serializer(Map.of()).serialize("points", "text")).startsWith(0, 0, 0x1E, 0x84, 0x80);
  }

  @Test
  void shouldWriteWithTheLatestVersionWhereToldTo() {
    registry.register("points-value", ONE.toString());
    int latest = registry.register("points-value", TWO.toString());
    Map<String, String> useLatest =
        Map.of("auto.register.schemas", "false", "use.latest.version", "true");
    byte[] bytes = serializer(useLatest).serialize("points", point(ONE, 3));
    assertThat(WireFormat.schemaId(bytes)).isEqualTo(latest);
    assertThat(deserializer(Map.of()).deserialize("points", bytes))
        .isEqualTo(new GenericRecordBuilder(TWO).set("x", 3).set("y", 7).build());
  }

  @Test
  void shouldRefuseALatestVersionThatCannotReadWhatIsWritten() {
    registry.register("points-value", "\"string\"");
    Map<String, String> useLatest =
        Map.of("auto.register.schemas", "false", "use.latest.version", "true");
    assertThatThrownBy(() -> serializer(useLatest).serialize("points", point(ONE, 3)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("points-value");
  }

  @Test
  void shouldResolveWhatAnotherSchemaWrote() {
    byte[] old = serializer(Map.of()).serialize("points", point(ONE, 3));
    SkerryAvroDeserializer<GenericRecord> newer = new SkerryAvroDeserializer<>(TWO);
    newer.configure(settings(Map.of()), false);
    assertThat(newer.deserialize("points", old).get("y")).isEqualTo(7);
    SkerryAvroDeserializer<Telemetry> telemetry = new SkerryAvroDeserializer<>(Telemetry.class);
    telemetry.configure(settings(Map.of()), false);
    assertThatThrownBy(() -> telemetry.deserialize("points", old))
        .isInstanceOf(SerializationException.class)
        .hasMessageContainingAll("a.b.Point", "Telemetry");
  }

  @Test
  void shouldTreatPlainValuesAsConfluentDoes() {
    SkerryAvroSerializer<Object> serializer = serializer(Map.of());
    SkerryAvroDeserializer<Object> deserializer = deserializer(Map.of());
    for (Object value : List.of(true, 7, 1L << 40, 1.5f, 2.5, "täxt", "")) {
      byte[] bytes = serializer.serialize("plain", value);
      assertThat(deserializer.deserialize("plain", bytes)).isEqualTo(value);
    }
    byte[] raw = serializer.serialize("plain", new byte[] {9, 8, 7});
    assertThat(raw).hasSize(8).endsWith(9, 8, 7);
    assertThat(deserializer.deserialize("plain", raw)).isEqualTo(new byte[] {9, 8, 7});
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 9, 8, 7}, 1, 3);
    assertThat(serializer.serialize("plain", buffer)).isEqualTo(raw);
    assertThat(buffer.remaining()).isEqualTo(3);
    assertThat(serializer.serialize("plain", null)).isNull();
    assertThatThrownBy(() -> serializer.serialize("plain", Map.of()))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("no type");
  }

  @Test
  void shouldSayThatNoRegistryIsSet() {
    assertThatThrownBy(() -> new SkerryAvroSerializer<>().serialize("points", point(ONE, 3)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("schema.registry.url");
  }

  @Test
  void shouldAskForPatienceWhileTheRegistryIsAway() {
    SkerryAvroSerializer<Object> serializer = serializer(Map.of("retries.wait.ms", "1"));
    byte[] bytes = serializer.serialize("points", point(ONE, 3));
    registry.answer(503, "");
    SkerryAvroDeserializer<Object> reader = deserializer(Map.of("retries.wait.ms", "1"));
    assertThatThrownBy(() -> reader.deserialize("points", bytes))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContainingAll("points", "503");
    assertThatThrownBy(() -> serializer.serialize("points", "text"))
        .isInstanceOf(TimeoutException.class);
    assertThat(serializer.serialize("points", point(ONE, 3))).isEqualTo(bytes);
  }

  @Test
  void shouldSayThatAValueDoesNotFitItsSchema() {
    GenericData.Record wrong = new GenericData.Record(ONE);
    assertThatThrownBy(() -> serializer(Map.of()).serialize("points", wrong))
        .isInstanceOf(SerializationException.class)
        .hasMessageContainingAll("points", "x");
    wrong.put("x", "seven");
    assertThatThrownBy(() -> serializer(Map.of()).serialize("points", wrong))
        .isInstanceOf(SerializationException.class);
    assertThatThrownBy(() -> serializer(Map.of()).serialize("telemetry", new Telemetry()))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void shouldLeaveJavasOwnPropertiesOutWhereToldTo() {
    Schema text = Schema.create(Schema.Type.STRING);
    GenericData.setStringType(text, GenericData.StringType.String);
    SkerryAvroSerializer<Object> serializer =
        serializer(Map.of("avro.remove.java.properties", "true"));
    Schema boxed =
        Schema.createRecord("Boxed", null, "a.b", false, List.of(new Schema.Field("s", text)));
    GenericData.Record value = new GenericData.Record(boxed);
    value.put("s", "x");
    byte[] bytes = serializer.serialize("boxes", value);
    GenericRecord read = (GenericRecord) deserializer(Map.of()).deserialize("boxes", bytes);
    assertThat(read.getSchema().toString()).doesNotContain("avro.java.string").contains("\"s\"");
  }

  @Test
  void shouldNameTheSettingThatCannotBe() {
    assertWrong("auto.register.schemas", "maybe");
    assertWrong("value.subject.name.strategy", "java.lang.String");
    assertWrong("value.subject.name.strategy", "no.such.Strategy");
    assertWrong("schema.registry.url", "nowhere");
    new SkerryAvroSerde<>().configure(Map.of("acks", "all", "no.such.setting", "x"), false);
  }

  @Test
  void shouldSerialiseOnManyThreadsAtOnce() throws Exception {
    SkerryAvroSerializer<Object> serializer = serializer(Map.of());
    List<byte[]> expected =
        IntStream.range(0, 64)
            .mapToObj(i -> serializer.serialize("points", point(ONE, i)))
            .toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Boolean> work =
          () -> {
            for (int i = 0; i < 5_000; i++) {
              int x = i % 64;
              boolean parsedAnew = i % 100 == 0;
              Schema schema = parsedAnew ? new Schema.Parser().parse(ONE.toString()) : ONE;
              Object value = point(schema, x);
              assertThat(serializer.serialize("points", value)).isEqualTo(expected.get(x));
            }
            return true;
          };
      List<Future<Boolean>> results = threads.invokeAll(Collections.nCopies(8, work));
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldRememberNoMoreThanItMay() {
    SerdeConfig config = SerdeConfig.DEFAULT;
    Encodings encodings =
        new Encodings(config, new SchemaIds(config, WriterSchemas.of(settings(Map.of()))));
    for (int i = 0; i < Encodings.MAX_ENTRIES + 500; i++) {
      encodings.of("points" + i % 7, point(new Schema.Parser().parse(ONE.toString()), i));
    }
    for (int i = 0; i < Encodings.MAX_ENTRIES + 10; i++) {
      encodings.of("topic" + i, SampleRecords.telemetry());
    }
    assertThat(encodings.size()).isLessThanOrEqualTo(2 * Encodings.MAX_ENTRIES);
    assertThat(registry.requests()).hasSize(7);
  }

  private void assertWrong(String setting, String value) {
    Map<String, Object> settings = new HashMap<>(settings(Map.of()));
    settings.put(setting, value);
    assertThatThrownBy(() -> new SkerryAvroSerde<>().configure(settings, false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(setting);
  }

  private SkerryAvroSerializer<Object> serializer(Map<String, String> more) {
    SkerryAvroSerializer<Object> serializer = new SkerryAvroSerializer<>();
    serializer.configure(settings(more), false);
    return serializer;
  }

  private SkerryAvroDeserializer<Object> deserializer(Map<String, String> more) {
    SkerryAvroDeserializer<Object> deserializer = new SkerryAvroDeserializer<>();
    deserializer.configure(settings(more), false);
    return deserializer;
  }

  private Map<String, Object> settings(Map<String, String> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("schema.registry.url", registry.url());
    return settings;
  }

  private static GenericRecord point(Schema schema, int x) {
    GenericData.Record point = new GenericData.Record(schema);
    point.put("x", x);
    if (schema.getField("y") != null) {
      point.put("y", 0);
    }
    return point;
  }
}
