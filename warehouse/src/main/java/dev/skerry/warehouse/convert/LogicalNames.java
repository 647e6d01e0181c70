package dev.skerry.warehouse.convert;

import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/** How Avro's types are named in Connect's schemas where Connect has no such type of its own. */
final class LogicalNames {

  /** Before the name of a logical type that Connect does not have. */
  static final String LOGICAL = "avro.";

  /** The name of the struct that stands for a union of several types. */
  static final String UNION = "avro.union";

  /** Parameters of Connect's schemas. */
  static final String ENUM = "avro.enum";

  static final String SYMBOLS = "avro.enum.symbols";
  static final String FIXED_SIZE = "avro.fixed.size";
  static final String PRECISION = "connect.decimal.precision";

  private LogicalNames() {}

  /** The logical type of a schema as Avro knows it; empty where there is none that it knows. */
  static Optional<String> of(Schema schema) {
    return Optional.ofNullable(schema.getLogicalType()).map(LogicalType::getName);
  }

  /** The field of a union's struct that stands for one of its types. */
  static String branch(Schema branch) {
    return switch (branch.getType()) {
      case RECORD, ENUM, FIXED -> branch.getName();
      default -> branch.getType().getName();
    };
  }
}
