package dev.skerry.warehouse.convert;

import dev.skerry.schemas.serde.SchemaCatalogue;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.kafka.connect.errors.DataException;

/**
 * Which records a table takes: those of one name whose fields fit the catalogue's. What gets past
 * the converter and does not fit its table would stop the connector for good, as Connect sends only
 * what fails here to the dead letters.
 *
 * @param recordName full name of the record
 * @param known the catalogue's latest schema of that name; empty where it has none
 */
record Admission(String recordName, Optional<Schema> known) {

  static Admission of(String recordName) {
    return new Admission(
        recordName,
        SchemaCatalogue.released().entries().stream()
            .map(SchemaCatalogue.Entry::schema)
            .filter(schema -> schema.getFullName().equals(recordName))
            .reduce((earlier, later) -> later));
  }

  /**
   * Lets a writer's schema in.
   *
   * @throws DataException where its records are not for this table
   */
  void require(Schema written) {
    if (!written.getFullName().equals(recordName)) {
      throw new DataException("A " + written.getFullName() + " is not a " + recordName);
    }
    known.ifPresent(schema -> requireReadable(schema, written));
  }

  private static void requireReadable(Schema schema, Schema written) {
    SchemaCompatibility.SchemaPairCompatibility found =
        SchemaCompatibility.checkReaderWriterCompatibility(schema, written);
    if (found.getType() != SchemaCompatibilityType.COMPATIBLE) {
      throw new DataException(
          written.getFullName()
              + " was written with a schema that does not fit the catalogue's: "
              + found.getResult().getIncompatibilities());
    }
  }
}
