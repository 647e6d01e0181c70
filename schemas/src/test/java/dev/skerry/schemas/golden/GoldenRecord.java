package dev.skerry.schemas.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;

/**
 * One record whose bytes are fixed for ever, for readers and writers in all languages: a file of
 * {@code src/test/resources/golden}.
 *
 * @param name the file's, without its ending
 * @param id the schema's
 * @param schema the schema's file in the catalogue
 * @param hex the whole record in Confluent's wire format
 * @param record in Avro's JSON encoding
 */
public record GoldenRecord(String name, int id, String schema, String hex, JsonNode record) {

  static final Path FOLDER = Path.of("src/test/resources/golden");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of a record, encoded by Avro alone. */
  static GoldenRecord of(String name, int id, String schemaFile, GenericRecord record) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(
          new byte[] {0, (byte) (id >> 24), (byte) (id >> 16), (byte) (id >> 8), (byte) id});
      var binary = EncoderFactory.get().binaryEncoder(bytes, null);
      GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(record.getSchema());
      writer.write(record, binary);
      binary.flush();
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      JsonEncoder json = EncoderFactory.get().jsonEncoder(record.getSchema(), text);
      writer.write(record, json);
      json.flush();
      return new GoldenRecord(
          name,
          id,
          schemaFile,
          HexFormat.of().formatHex(bytes.toByteArray()),
          JSON.readTree(text.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that there are. */
  public static List<GoldenRecord> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(GoldenRecord::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenRecord read(Path file) {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      return new GoldenRecord(
          file.getFileName().toString().replaceFirst("\\.json$", ""),
          json.required("id").intValue(),
          json.required("schema").textValue(),
          json.required("hex").textValue(),
          json.required("record"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write() throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id).put("schema", schema).put("hex", hex).set("record", record);
    Files.writeString(
        FOLDER.resolve(name + ".json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  /** The whole record, header and all. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** What the JSON says. */
  public GenericRecord generic(Schema writerSchema) {
    try {
      return new GenericDatumReader<GenericRecord>(writerSchema)
          .read(null, DecoderFactory.get().jsonDecoder(writerSchema, record.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
