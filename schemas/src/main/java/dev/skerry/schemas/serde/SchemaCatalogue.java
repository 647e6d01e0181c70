package dev.skerry.schemas.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The released schemas and their fixed ids, read from the jar: an id means the same schema at every
 * site and in the cloud, and no registry is needed to know it. Immutable and thread-safe.
 */
public final class SchemaCatalogue {

  /** The first id of the block that is reserved for the catalogue. */
  public static final int FIRST_ID = 1_000_001;

  /** The last id of that block. */
  public static final int LAST_ID = 1_999_999;

  private static final String ROOT = "/dev/skerry/schemas/";
  private static final SchemaCatalogue RELEASED = read("catalogue.json");

  private final List<Entry> entries;
  private final Map<Integer, Schema> schemaById = new HashMap<>();
  private final Map<Long, Integer> idByFingerprint = new HashMap<>();

  /**
   * One version of one subject.
   *
   * @param subject topic name with {@code -key} or {@code -value}
   * @param version 1 and up
   * @param id the schema's id, the same for every subject that carries this schema
   * @param file the frozen schema, beside the catalogue
   */
  public record Entry(String subject, int version, int id, String file, Schema schema) {}

  private SchemaCatalogue(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    for (Entry entry : entries) {
      schemaById.put(entry.id(), entry.schema());
      idByFingerprint.put(fingerprint(entry.schema()), entry.id());
    }
  }

  /** The catalogue that this build was made with. */
  public static SchemaCatalogue released() {
    return RELEASED;
  }

  /** All versions of all subjects, in the order of the file. */
  public List<Entry> entries() {
    return entries;
  }

  /** Whether only the catalogue, of this release or of another one, gives out this id. */
  public static boolean isReserved(int id) {
    return id >= FIRST_ID && id <= LAST_ID;
  }

  /** The schema that an id stands for; empty where the id is not in the catalogue. */
  public Optional<Schema> schema(int id) {
    return Optional.ofNullable(schemaById.get(id));
  }

  /** The id of a schema with this parsing canonical form; empty where it was not released. */
  public Optional<Integer> id(Schema schema) {
    return Optional.ofNullable(idByFingerprint.get(fingerprint(schema)));
  }

  /** Equal for schemas whose binary encodings are the same, whatever their documentation says. */
  static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  private static SchemaCatalogue read(String name) {
    List<Entry> entries = new ArrayList<>();
    try (InputStream in = open(name)) {
      for (JsonNode node : new ObjectMapper().readTree(in)) {
        String file = node.required("file").asText();
        entries.add(
            new Entry(
                node.required("subject").asText(),
                node.required("version").asInt(),
                node.required("id").asInt(),
                file,
                readSchema(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read from the jar", e);
    }
    return new SchemaCatalogue(entries);
  }

  private static Schema readSchema(String file) throws IOException {
    try (InputStream in = open(file)) {
      return new Schema.Parser().parse(in);
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = SchemaCatalogue.class.getResourceAsStream(ROOT + name);
    if (in == null) {
      throw new IOException(ROOT + name + " is not on the class path");
    }
    return in;
  }
}
