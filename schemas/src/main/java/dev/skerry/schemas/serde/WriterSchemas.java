package dev.skerry.schemas.serde;

import dev.skerry.schemas.registry.Answer;
import dev.skerry.schemas.registry.CachedRegistry;
import dev.skerry.schemas.registry.RegistryConfig;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/**
 * What is known of the schema ids that records carry: those of the catalogue without asking
 * anybody, others from a registry where one is set. Share one in a process: its answers are
 * remembered. Thread-safe.
 */
public final class WriterSchemas {

  private static final WriterSchemas CATALOGUE =
      new WriterSchemas(SchemaCatalogue.released(), Optional.empty());

  private final SchemaCatalogue catalogue;
  private final Optional<CachedRegistry> registry;

  /** What an id stands for. */
  public sealed interface Found {}

  /** A schema that records can be read with. */
  public record Known(Schema schema) implements Found {}

  /** No schema that this site will ever know; such records are not ours. */
  public record Foreign(String detail) implements Found {}

  /** A schema that may be known later: of a newer release, or of a registry that is away. */
  public record NotYetKnown(String detail) implements Found {}

  WriterSchemas(SchemaCatalogue catalogue, Optional<CachedRegistry> registry) {
    this.catalogue = catalogue;
    this.registry = registry;
  }

  /** The catalogue alone. */
  public static WriterSchemas catalogue() {
    return CATALOGUE;
  }

  /**
   * The catalogue, and the registry that the settings name, if they do.
   *
   * @param settings with Confluent's names, {@code schema.registry.url} and others; see {@link
   *     RegistryConfig}
   * @throws ConfigException for a value that cannot be, by the setting's name
   */
  public static WriterSchemas of(Map<String, ?> settings) {
    return RegistryConfig.of(settings)
        .map(CachedRegistry::new)
        .map(registry -> new WriterSchemas(SchemaCatalogue.released(), Optional.of(registry)))
        .orElse(CATALOGUE);
  }

  /** What the id stands for; asks a registry only for what is not in the catalogue. */
  public Found schema(int id) {
    Optional<Schema> released = catalogue.schema(id);
    if (released.isPresent()) {
      return new Known(released.get());
    }
    return registry.isPresent() ? asked(id, registry.get()) : unknown(id, "");
  }

  SchemaCatalogue released() {
    return catalogue;
  }

  Optional<CachedRegistry> registry() {
    return registry;
  }

  private static Found asked(int id, CachedRegistry registry) {
    Answer<Schema> answer = registry.schema(id);
    if (answer instanceof Answer.Known<Schema> known) {
      return new Known(known.value());
    }
    if (answer instanceof Answer.Away<Schema> away) {
      return new NotYetKnown("Schema id " + id + " is not known here. " + away.detail());
    }
    if (answer instanceof Answer.Unusable<Schema> unusable) {
      return new Foreign("Schema id " + id + ": " + unusable.detail());
    }
    return unknown(id, " nor in the registry");
  }

  private static Found unknown(int id, String norThere) {
    String where = "Schema id " + id + " is not in the catalogue" + norThere;
    return SchemaCatalogue.isReserved(id)
        ? new NotYetKnown(
            where + ": a newer release of Skerry wrote it; upgrade to read the record.")
        : new Foreign(where + ".");
  }
}
