package dev.skerry.schemas.seal;

import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.schemas.serde.WriterSchemas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads which site wrote a record, and nothing else of it: it skips to the first {@code siteId} in
 * the writer's schema and stops there. Never throws for bad bytes. Not thread-safe.
 */
public final class SiteReader {

  private static final String FIELD = "siteId";

  private final WriterSchemas schemas;
  private final Map<Integer, Optional<List<Schema>>> skippedById = new HashMap<>();
  private @Nullable BinaryDecoder reused;
  private Utf8 found = new Utf8();
  private Utf8 lastFound = new Utf8();
  private String lastSite = "";

  /** Reads records that were written with schemas known to these. */
  public SiteReader(WriterSchemas schemas) {
    this.schemas = schemas;
  }

  /** The site; empty where the bytes, a key's or a value's, do not say. */
  public Optional<String> siteOf(byte @Nullable [] value) {
    if (value == null || !WireFormat.isFramed(value)) {
      return Optional.empty();
    }
    return skipped(WireFormat.schemaId(value)).flatMap(skipped -> read(value, skipped));
  }

  private Optional<String> read(byte[] value, List<Schema> skipped) {
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(
                value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, reused);
    reused = decoder;
    try {
      for (Schema field : skipped) {
        GenericDatumReader.skip(field, decoder);
      }
      found = decoder.readString(found);
    } catch (IOException
        | AvroRuntimeException
        | UnsupportedOperationException
        | IndexOutOfBoundsException
        | NegativeArraySizeException e) {
      return Optional.empty();
    }
    if (!found.equals(lastFound)) {
      lastFound = new Utf8(found);
      lastSite = found.toString();
    }
    return Optional.of(lastSite);
  }

  /** What stands before the site in records with this schema; empty where there is no site. */
  private Optional<List<Schema>> skipped(int schemaId) {
    Optional<List<Schema>> known = skippedById.get(schemaId);
    if (known != null) {
      return known;
    }
    WriterSchemas.Found schema = schemas.schema(schemaId);
    if (schema instanceof WriterSchemas.Known writer) {
      List<Schema> before = new ArrayList<>();
      Optional<List<Schema>> skipped =
          collect(writer.schema(), before) ? Optional.of(before) : Optional.empty();
      skippedById.put(schemaId, skipped);
      return skipped;
    }
    return Optional.empty(); // Asked again with the next record: it may become known.
  }

  /** Depth first; true where the site was found, with all that stands before it collected. */
  private static boolean collect(Schema schema, List<Schema> before) {
    if (schema.getType() != Schema.Type.RECORD) {
      return false;
    }
    for (Schema.Field field : schema.getFields()) {
      if (field.name().equals(FIELD) && field.schema().getType() == Schema.Type.STRING) {
        return true;
      }
      int mark = before.size();
      if (collect(field.schema(), before)) {
        return true;
      }
      before.subList(mark, before.size()).clear();
      before.add(field.schema());
    }
    return false;
  }
}
