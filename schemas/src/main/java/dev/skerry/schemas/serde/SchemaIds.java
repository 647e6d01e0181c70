package dev.skerry.schemas.serde;

import dev.skerry.schemas.registry.Answer;
import dev.skerry.schemas.registry.CachedRegistry;
import dev.skerry.schemas.registry.RegistryClient;
import dev.skerry.schemas.registry.RegistryConfig;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The id that a schema is written with: the catalogue's for what it has, a registry's for all else.
 * Thread-safe.
 */
final class SchemaIds {

  private final SerdeConfig config;
  private final WriterSchemas schemas;

  /**
   * What a value is written with.
   *
   * @param schema the value's own, or the latest version of the subject
   */
  record Target(int id, Schema schema) {}

  SchemaIds(SerdeConfig config, WriterSchemas schemas) {
    this.config = config;
    this.schemas = schemas;
  }

  /**
   * The id and the schema to write with.
   *
   * @throws SerializationException where there is none, with what to do about it
   * @throws TimeoutException where no registry answers: the same call may succeed later
   */
  Target target(String topic, Schema schema) {
    Optional<Integer> released = schemas.released().id(schema);
    if (released.isPresent()) {
      return new Target(released.get(), schema);
    }
    CachedRegistry registry =
        schemas
            .registry()
            .orElseThrow(
                () ->
                    new SerializationException(
                        "%s: %s is not in the schema catalogue; set %s to write it"
                            .formatted(topic, schema.getFullName(), RegistryConfig.URL)));
    String subject = config.subjects().subject(topic, config.isKey(), schema);
    Target target =
        config.useLatest() && !config.autoRegister()
            ? latest(registry, subject, schema)
            : new Target(registered(registry, subject, schema), schema);
    refuseReserved(subject, target.id());
    return target;
  }

  private int registered(CachedRegistry registry, String subject, Schema schema) {
    String text =
        config.removeJavaProperties() ? JavaProperties.removed(schema) : schema.toString();
    return known(
        registry.id(
            new CachedRegistry.Registration(
                subject, text, config.normalize(), config.autoRegister())),
        subject,
        schema);
  }

  private Target latest(CachedRegistry registry, String subject, Schema schema) {
    RegistryClient.Version latest = known(registry.latest(subject), subject, schema);
    boolean readable =
        SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), schema).getType()
            == SchemaCompatibilityType.COMPATIBLE;
    if (config.latestStrict() && !readable) {
      throw new SerializationException(
          "The latest version of %s (id %d) cannot read what this program writes as %s"
              .formatted(subject, latest.id(), schema.getFullName()));
    }
    return new Target(latest.id(), latest.schema());
  }

  private static <T> T known(Answer<T> answer, String subject, Schema schema) {
    if (answer instanceof Answer.Known<T> known) {
      return known.value();
    }
    if (answer instanceof Answer.Away<T> away) {
      throw new TimeoutException(subject + ": " + away.detail());
    }
    String what = subject + ": " + schema.getFullName();
    if (answer instanceof Answer.Absent<T> absent) {
      throw new SerializationException(
          what
              + " is not in the registry: "
              + absent.detail()
              + "; register it, or set auto.register.schemas to true");
    }
    if (answer instanceof Answer.Unusable<T> unusable) {
      throw new SerializationException(what + ": " + unusable.detail());
    }
    Answer.Refused<T> refused = (Answer.Refused<T>) answer;
    throw new SerializationException(what + " is refused by the registry: " + refused.detail());
  }

  private static void refuseReserved(String subject, int id) {
    if (SchemaCatalogue.isReserved(id)) {
      throw new SerializationException(
          ("%s: the registry gave it the id %d. The ids %d to %d are reserved for Skerry's catalogue:"
                  + " other readers would take the records for something else. Have the registry"
                  + " number its schemas outside of that block, or, where the schema is Skerry's own"
                  + " of a newer release, upgrade this program")
              .formatted(subject, id, SchemaCatalogue.FIRST_ID, SchemaCatalogue.LAST_ID));
    }
  }
}
