package dev.skerry.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.registry.FakeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Confluent's own serializer as the oracle. It is not on Maven Central by itself; Snowflake's Kafka
 * connector, which is, carries it unchanged (kafka-avro-serializer 7.7.0, Apache License 2.0), and
 * the Maven profile {@code oracle} unpacks it from there: {@code ./mvnw -Poracle -pl schemas -am
 * test}.
 */
@EnabledIfSystemProperty(
    named = "oracle",
    matches = "true",
    disabledReason = "Confluent's serializer was not unpacked; -Poracle does (164 MB)")
class OfficialSerializerTest {

  private final FakeRegistry registry = FakeRegistry.start();

  @AfterEach
  void close() {
    registry.close();
  }

  static List<Path> golden() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
      return files.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void shouldWriteAndReadTheGoldenBytes(Path file) throws Exception {
    byte[] golden = Files.readAllBytes(file);
    GenericRecord record =
        new SkerryAvroDeserializer<GenericRecord>().deserialize("golden", golden);
    registry.nextId(WireFormat.schemaId(golden));
    registry.register("golden-value", record.getSchema().toString());
    try (Serializer<Object> serializer = serializer(Map.of("auto.register.schemas", false));
        Deserializer<Object> deserializer = deserializer()) {
      assertThat(serializer.serialize("golden", record)).isEqualTo(golden);
      assertThat(deserializer.deserialize("golden", golden)).hasToString(record.toString());
    }
    assertThat(new SkerryAvroSerializer<>().serialize("golden", record)).isEqualTo(golden);
  }

  @Test
  void shouldWritePlainValuesAsWeDoWithTheSameRequests() throws Exception {
    List<Object> values = List.of(true, 7, 1L << 40, 1.5f, 2.5, "täxt", "", new byte[] {9, 8, 7});
    Schema own =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"Own\",\"namespace\":\"a.b\",\"fields\":["
                    + "{\"name\":\"x\",\"type\":\"int\",\"doc\":\"d\"}]}");
    GenericRecord record = new GenericRecordBuilder(own).set("x", 5).build();
    for (Map<String, Object> settings :
        List.<Map<String, Object>>of(
            Map.of(),
            Map.of("normalize.schemas", true),
            Map.of("auto.register.schemas", false),
            Map.of("auto.register.schemas", false, "use.latest.version", true),
            Map.of(
                "value.subject.name.strategy",
                "io.confluent.kafka.serializers.subject.TopicNameStrategy"))) {
      try (Serializer<Object> theirs = serializer(settings)) {
        SkerryAvroSerializer<Object> ours = new SkerryAvroSerializer<>();
        ours.configure(withUrl(settings), false);
        SkerryAvroDeserializer<Object> reader = new SkerryAvroDeserializer<>();
        reader.configure(withUrl(settings), false);
        for (Object value : values) {
          String topic = value.getClass().getSimpleName() + "s";
          assertThat(theirs.serialize(topic, value)).isEqualTo(ours.serialize(topic, value));
          assertThat(reader.deserialize(topic, theirs.serialize(topic, value))).isEqualTo(value);
        }
        assertThat(theirs.serialize("own", record)).isEqualTo(ours.serialize("own", record));
      }
    }
  }

  private Serializer<Object> serializer(Map<String, Object> settings) throws Exception {
    @SuppressWarnings("unchecked") // It serialises any object.
    Serializer<Object> serializer = (Serializer<Object>) make("KafkaAvroSerializer");
    serializer.configure(withUrl(settings), false);
    return serializer;
  }

  private Deserializer<Object> deserializer() throws Exception {
    @SuppressWarnings("unchecked") // It makes any object.
    Deserializer<Object> deserializer = (Deserializer<Object>) make("KafkaAvroDeserializer");
    deserializer.configure(withUrl(Map.of()), false);
    return deserializer;
  }

  private Map<String, Object> withUrl(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("schema.registry.url", registry.url());
    return all;
  }

  private static Object make(String name) throws ReflectiveOperationException {
    return Class.forName("io.confluent.kafka.serializers." + name).getConstructor().newInstance();
  }
}
