package dev.skerry.schemas.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.SchemaCatalogue;
import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The bytes of each released schema, fixed in the repository and written by another language. */
class GoldenBytesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @Test
  void shouldHaveARecordOfEachReleasedSchema() throws IOException {
    Set<Integer> ids = new HashSet<>();
    for (Path json : records()) {
      ids.add(WireFormat.schemaId(bytes(json)));
    }
    assertThat(SchemaCatalogue.released().entries())
        .as("add a golden record, see %s/README.md", GOLDEN)
        .allSatisfy(entry -> assertThat(ids).as(entry.file()).contains(entry.id()));
  }

  /** Go's client writes arrays and maps so, and Avro allows both ways. */
  @Test
  void shouldReadArraysAndMapsThatAreWrittenWithTheirLengthInBytes() throws IOException {
    byte[] telemetry = goldenOfGo("telemetry-v1-readings.bin");
    assertThat(new AvroDecoder<>(Telemetry.class).decode(telemetry))
        .isEqualTo(
            new AvroDecoder<>(Telemetry.class)
                .decode(Files.readAllBytes(GOLDEN.resolve("telemetry-v1-readings.bin"))));
    byte[] detection = goldenOfGo("detection-v1.bin");
    assertThat(new AvroDecoder<>(Detection.class).decode(detection))
        .isEqualTo(
            new AvroDecoder<>(Detection.class)
                .decode(Files.readAllBytes(GOLDEN.resolve("detection-v1.bin"))));
  }

  private static byte[] goldenOfGo(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(GOLDEN.resolve("go").resolve(name));
    assertThat(bytes).isNotEqualTo(Files.readAllBytes(GOLDEN.resolve(name)));
    return bytes;
  }

  @TestFactory
  Stream<DynamicTest> shouldReadAndWriteExactlyTheseBytes() throws IOException {
    return records().stream()
        .map(json -> DynamicTest.dynamicTest(name(json), () -> assertBothWays(json)));
  }

  private static void assertBothWays(Path json) throws IOException {
    byte[] golden = bytes(json);
    int id = WireFormat.schemaId(golden);
    Schema schema = SchemaCatalogue.released().schema(id).orElseThrow();
    assertThat(read(schema, DecoderFactory.get().binaryDecoder(body(golden), null)))
        .isEqualTo(read(schema, DecoderFactory.get().jsonDecoder(schema, Files.readString(json))));
    assertThat(write(schema, id, json)).isEqualTo(golden);
    Class<? extends SpecificRecord> type = classById().get(id);
    if (type != null) {
      assertClassBothWays(type, golden);
    }
  }

  /** The newest version of each schema also has a class. */
  private static <T extends SpecificRecord> void assertClassBothWays(Class<T> type, byte[] golden) {
    Decoded<T> decoded = new AvroDecoder<>(type).decode(golden);
    assertThat(decoded).isInstanceOf(Decoded.Value.class);
    T value = ((Decoded.Value<T>) decoded).value();
    assertThat(new AvroEncoder<>(type).encode(value)).isEqualTo(golden);
  }

  private static Map<Integer, Class<? extends SpecificRecord>> classById() {
    Map<Integer, Class<? extends SpecificRecord>> classById = new HashMap<>();
    for (Topic topic : Topics.all()) {
      topic.key().ifPresent(key -> classById.put(id(key), key));
      classById.put(id(topic.value()), topic.value());
    }
    return classById;
  }

  private static int id(Class<? extends SpecificRecord> type) {
    return SchemaCatalogue.released().id(SpecificData.get().getSchema(type)).orElseThrow();
  }

  private static Object read(Schema schema, Decoder decoder) throws IOException {
    return new GenericDatumReader<>(schema).read(null, decoder);
  }

  private static byte[] write(Schema schema, int id, Path json) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] header = new byte[WireFormat.HEADER_BYTES];
    WireFormat.writeHeader(header, id);
    out.writeBytes(header);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    Object value = read(schema, DecoderFactory.get().jsonDecoder(schema, Files.readString(json)));
    new GenericDatumWriter<>(schema).write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static byte[] body(byte[] framed) {
    return Arrays.copyOfRange(framed, WireFormat.HEADER_BYTES, framed.length);
  }

  private static List<Path> records() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static String name(Path json) {
    return json.getFileName().toString().replace(".json", "");
  }

  /** Where the bytes are not there yet, they are left to be looked at, and the test fails. */
  private static byte[] bytes(Path json) throws IOException {
    Path bytes = GOLDEN.resolve(name(json) + ".bin");
    if (!Files.exists(bytes)) {
      Path proposal = Path.of("target", "golden", name(json) + ".bin");
      Files.createDirectories(proposal.getParent());
      Files.write(proposal, write(schemaNamed(json), idNamed(json), json));
      throw new AssertionError(bytes + " is missing: look at " + proposal + " and copy it there");
    }
    return Files.readAllBytes(bytes);
  }

  private static SchemaCatalogue.Entry entryNamed(Path json) {
    return SchemaCatalogue.released().entries().stream()
        .filter(entry -> name(json).startsWith(entry.file().replaceAll("^.*/|\\.avsc$", "")))
        .findFirst()
        .orElseThrow(() -> new AssertionError(json + " is named after no released schema"));
  }

  private static Schema schemaNamed(Path json) {
    return entryNamed(json).schema();
  }

  private static int idNamed(Path json) {
    return entryNamed(json).id();
  }
}
