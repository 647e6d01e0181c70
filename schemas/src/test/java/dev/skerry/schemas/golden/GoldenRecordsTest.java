package dev.skerry.schemas.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.serde.SchemaCatalogue;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.serde.SkerryAvroSerializer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our serde against bytes that never change. {@code OfficialSerializerTest} holds the same bytes
 * against Confluent's own serializer.
 */
class GoldenRecordsTest {

  static List<GoldenRecord> golden() {
    return GoldenRecord.all();
  }

  @Test
  void shouldHoldEachReleasedSchemaToFixedBytes() {
    Set<Integer> covered =
        golden().stream().map(GoldenRecord::id).collect(Collectors.toUnmodifiableSet());
    assertThat(covered)
        .as("add the missing ones with -Dtest=GoldenRecordsTest -Dgolden.write=true")
        .containsExactlyInAnyOrderElementsOf(entryById().keySet());
  }

  @ParameterizedTest
  @MethodSource("golden")
  void shouldWriteAndReadGenericRecordsAsTheyAreFixed(GoldenRecord golden) {
    Schema schema = SchemaCatalogue.released().schema(golden.id()).orElseThrow();
    GenericRecord record = golden.generic(schema);
    assertThat(new SkerryAvroSerializer<>().serialize("t", record)).isEqualTo(golden.bytes());
    assertThat(new SkerryAvroDeserializer<GenericRecord>().deserialize("t", golden.bytes()))
        .hasToString(record.toString());
  }

  @ParameterizedTest
  @MethodSource("golden")
  void shouldReadAndWriteGeneratedClassesAsTheyAreFixed(GoldenRecord golden) {
    SkerryAvroDeserializer<SpecificRecord> deserializer = new SkerryAvroDeserializer<>();
    deserializer.configure(Map.of("specific.avro.reader", true), false);
    SpecificRecord record = deserializer.deserialize("t", golden.bytes());
    assertThat(record.getClass().getPackageName()).isEqualTo("dev.skerry.schemas");
    assertThat(new SkerryAvroSerializer<>().serialize("t", record)).isEqualTo(golden.bytes());
  }

  /** Adds what is missing; what is there stays as it is for ever. */
  @Test
  @EnabledIfSystemProperty(named = "golden.write", matches = "true")
  void addMissing() throws IOException {
    Set<String> present = golden().stream().map(GoldenRecord::name).collect(Collectors.toSet());
    for (SchemaCatalogue.Entry entry : entryById().values()) {
      for (boolean full : new boolean[] {false, true}) {
        String name =
            entry.file().replaceFirst("^released/(.*)\\.avsc$", "$1") + (full ? "-full" : "-small");
        GenericRecord record = (GenericRecord) new Samples(full).of(entry.schema(), name);
        if (!present.contains(name)) {
          GoldenRecord.of(name, entry.id(), entry.file(), record).write();
        }
      }
    }
    assertThat(golden()).isNotEmpty();
  }

  private static Map<Integer, SchemaCatalogue.Entry> entryById() {
    Map<Integer, SchemaCatalogue.Entry> entries = new TreeMap<>();
    SchemaCatalogue.released().entries().forEach(entry -> entries.putIfAbsent(entry.id(), entry));
    return entries;
  }
}
