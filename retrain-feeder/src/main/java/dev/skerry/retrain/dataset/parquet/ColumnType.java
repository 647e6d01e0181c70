package dev.skerry.retrain.dataset.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;

/** What a column holds; none is ever null. */
public enum ColumnType {
  /** Text in UTF-8. */
  STRING(Type.BYTE_ARRAY),
  BYTES(Type.BYTE_ARRAY),
  INT32(Type.INT32),
  INT64(Type.INT64),
  /** Milliseconds since the epoch. */
  TIMESTAMP(Type.INT64),
  FLOAT(Type.FLOAT),
  DOUBLE(Type.DOUBLE),
  /** A list of floats. */
  FLOATS(Type.FLOAT);

  private final Type physical;

  ColumnType(Type physical) {
    this.physical = physical;
  }

  Type physical() {
    return physical;
  }

  /** Where the values stand in the schema. */
  List<String> path(String name) {
    return this == FLOATS ? List.of(name, "list", "element") : List.of(name);
  }

  /** How the schema describes a column, depth first. */
  List<SchemaElement> describe(String name) {
    SchemaElement element =
        new SchemaElement(name).setRepetition_type(FieldRepetitionType.REQUIRED);
    List<SchemaElement> elements = new ArrayList<>(List.of(element));
    switch (this) {
      case STRING ->
          element
              .setType(physical)
              .setConverted_type(ConvertedType.UTF8)
              .setLogicalType(LogicalType.STRING(new StringType()));
      case TIMESTAMP ->
          element
              .setType(physical)
              .setConverted_type(ConvertedType.TIMESTAMP_MILLIS)
              .setLogicalType(
                  LogicalType.TIMESTAMP(
                      new TimestampType(
                          /* isAdjustedToUTC= */ true, TimeUnit.MILLIS(new MilliSeconds()))));
      case FLOATS -> {
        element
            .setNum_children(1)
            .setConverted_type(ConvertedType.LIST)
            .setLogicalType(LogicalType.LIST(new ListType()));
        elements.add(
            new SchemaElement("list")
                .setRepetition_type(FieldRepetitionType.REPEATED)
                .setNum_children(1));
        elements.add(
            new SchemaElement("element")
                .setRepetition_type(FieldRepetitionType.REQUIRED)
                .setType(physical));
      }
      case BYTES, INT32, INT64, FLOAT, DOUBLE -> element.setType(physical);
    }
    return elements;
  }
}
