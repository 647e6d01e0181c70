package dev.skerry.local.schemas;

import dev.skerry.schemas.serde.AvroSafety;
import dev.skerry.schemas.serde.SchemaCatalogue;
import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.service.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skerry schemas decode}: what the bytes of one record say. */
@Command(
    name = "decode",
    description = {
      "Prints records as JSON, one line for each file: a record's bytes with magic byte and schema",
      "id, as any client writes them."
    },
    mixinStandardHelpOptions = true)
final class SchemaDecodeCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // Set by picocli.
  @Spec
  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The bytes of one record each.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    AvroSafety.enable();
    files.forEach(file -> System.out.println(decode(file)));
    return ExitCode.OK;
  }

  private String decode(Path file) {
    CatalogueNames names = new CatalogueNames(spec);
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw names.refused(file + " cannot be read");
    }
    if (!WireFormat.isFramed(bytes)) {
      throw names.refused(file + " does not begin with byte 0 and a schema id");
    }
    int id = WireFormat.schemaId(bytes);
    Schema schema =
        SchemaCatalogue.released()
            .schema(id)
            .orElseThrow(
                () -> names.refused(file + ": schema id " + id + " is not in the catalogue"));
    try {
      return json(schema, bytes);
    } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
      throw names.refused(file + " is no " + schema.getName() + " in schema " + id + ": " + e);
    }
  }

  private static String json(Schema schema, byte[] bytes) throws IOException {
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(
                bytes, WireFormat.HEADER_BYTES, bytes.length - WireFormat.HEADER_BYTES, null);
    Object value = new GenericDatumReader<>(schema).read(null, decoder);
    if (!decoder.isEnd()) {
      throw new IOException("bytes are left over");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonEncoder encoder = EncoderFactory.get().jsonEncoder(schema, out);
    new GenericDatumWriter<>(schema).write(value, encoder);
    encoder.flush();
    return out.toString(StandardCharsets.UTF_8);
  }
}
