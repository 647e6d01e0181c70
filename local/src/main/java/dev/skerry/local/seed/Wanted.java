package dev.skerry.local.seed;

import dev.skerry.schemas.catalogue.IdBlock;
import dev.skerry.schemas.serde.SchemaCatalogue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaNormalization;

/**
 * One version of one subject as a registry should have it.
 *
 * @param version 1 and up
 * @param id the schema's id
 */
record Wanted(String subject, int version, int id, Schema schema) {

  /** The subject of the {@link IdBlock#GUARD}. */
  static final String GUARD_SUBJECT = "skerry-reserved-ids";

  /** All of the catalogue, older versions first, and the guard at the end of its block of ids. */
  static List<Wanted> of(SchemaCatalogue catalogue) {
    List<Wanted> wanted = new ArrayList<>();
    catalogue.entries().stream()
        .sorted(
            Comparator.comparing(SchemaCatalogue.Entry::subject)
                .thenComparingInt(SchemaCatalogue.Entry::version))
        .map(e -> new Wanted(e.subject(), e.version(), e.id(), e.schema()))
        .forEach(wanted::add);
    wanted.add(guard());
    return wanted;
  }

  String canonical() {
    return SchemaNormalization.toParsingForm(schema);
  }

  String path() {
    return "/subjects/" + RegistryHttp.segment(subject);
  }

  /** Nobody writes it. With its id taken, a registry that counts goes on above the block. */
  private static Wanted guard() {
    Schema schema =
        SchemaBuilder.record("ReservedIds")
            .namespace("dev.skerry.schemas.registry")
            .doc(
                "The ids from %d to %d are reserved for Skerry's catalogue."
                    .formatted(IdBlock.FIRST, IdBlock.LAST))
            .fields()
            .endRecord();
    return new Wanted(GUARD_SUBJECT, 1, IdBlock.GUARD, schema);
  }
}
