package dev.skerry.warehouse.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Connect's schemas to Avro's: the way back of {@link AvroSchemas}. Not thread-safe. */
final class ConnectSchemas {

  private static final String NAMESPACE = "connect";
  private static final int DEFAULT_PRECISION = 64;

  /** Avro wants each name defined once, and used by its name from then on. */
  private final Map<String, Schema> named = new HashMap<>();

  private int unnamed;

  private ConnectSchemas() {}

  /**
   * The Avro schema of a Connect schema.
   *
   * @throws DataException for a map whose keys are no strings: Avro has no such maps
   */
  static Schema toAvro(org.apache.kafka.connect.data.Schema schema) {
    return new ConnectSchemas().convert(schema);
  }

  private Schema convert(org.apache.kafka.connect.data.Schema schema) {
    Schema type = required(schema);
    return schema.isOptional() ? optional(type) : type;
  }

  private static Schema optional(Schema type) {
    List<Schema> branches = new ArrayList<>(List.of(Schema.create(Schema.Type.NULL)));
    branches.addAll(type.getType() == Schema.Type.UNION ? type.getTypes() : List.of(type));
    return Schema.createUnion(branches);
  }

  private Schema required(org.apache.kafka.connect.data.Schema schema) {
    return switch (schema.type()) {
      case STRUCT -> LogicalNames.UNION.equals(schema.name()) ? union(schema) : record(schema);
      case ARRAY -> Schema.createArray(convert(schema.valueSchema()));
      case MAP -> map(schema);
      case STRING -> string(schema);
      case BYTES -> bytes(schema);
      case INT8, INT16 -> Schema.create(Schema.Type.INT);
      case INT32 -> integer(schema);
      case INT64 ->
          Timestamp.LOGICAL_NAME.equals(schema.name())
              ? LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG))
              : logical(Schema.create(Schema.Type.LONG), schema.name());
      case FLOAT32 -> Schema.create(Schema.Type.FLOAT);
      case FLOAT64 -> Schema.create(Schema.Type.DOUBLE);
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
    };
  }

  private Schema union(org.apache.kafka.connect.data.Schema schema) {
    return Schema.createUnion(
        schema.fields().stream().map(field -> required(field.schema())).toList());
  }

  private Schema record(org.apache.kafka.connect.data.Schema schema) {
    String name = schema.name() == null ? NAMESPACE + ".Record" + ++unnamed : schema.name();
    Schema known = named.get(name);
    if (known != null) {
      return known;
    }
    Schema record = Schema.createRecord(name, schema.doc(), null, /* isError= */ false);
    named.put(name, record);
    record.setFields(schema.fields().stream().map(this::field).toList());
    return record;
  }

  private Schema.Field field(Field field) {
    Schema type = convert(field.schema());
    Object byDefault = field.schema().isOptional() ? JsonProperties.NULL_VALUE : null;
    return new Schema.Field(field.name(), type, field.schema().doc(), byDefault);
  }

  private Schema map(org.apache.kafka.connect.data.Schema schema) {
    if (schema.keySchema().type() != org.apache.kafka.connect.data.Schema.Type.STRING) {
      throw new DataException(
          "A map has keys of type " + schema.keySchema().type() + "; Avro has strings alone");
    }
    return Schema.createMap(convert(schema.valueSchema()));
  }

  private Schema string(org.apache.kafka.connect.data.Schema schema) {
    String symbols = parameter(schema, LogicalNames.SYMBOLS);
    String name = parameter(schema, LogicalNames.ENUM);
    if (symbols != null && name != null) {
      return named.computeIfAbsent(
          name, made -> Schema.createEnum(made, null, null, Arrays.asList(symbols.split(",", -1))));
    }
    boolean isBigDecimal = (LogicalNames.LOGICAL + "big-decimal").equals(schema.name());
    return logical(
        Schema.create(isBigDecimal ? Schema.Type.BYTES : Schema.Type.STRING), schema.name());
  }

  private Schema bytes(org.apache.kafka.connect.data.Schema schema) {
    if (Decimal.LOGICAL_NAME.equals(schema.name())) {
      String precision = parameter(schema, LogicalNames.PRECISION);
      String scale = parameter(schema, Decimal.SCALE_FIELD);
      return LogicalTypes.decimal(
              precision == null ? DEFAULT_PRECISION : Integer.parseInt(precision),
              scale == null ? 0 : Integer.parseInt(scale))
          .addToSchema(Schema.create(Schema.Type.BYTES));
    }
    String size = parameter(schema, LogicalNames.FIXED_SIZE);
    return size == null
        ? Schema.create(Schema.Type.BYTES)
        : SchemaBuilder.fixed(NAMESPACE + ".Fixed" + ++unnamed).size(Integer.parseInt(size));
  }

  private static Schema integer(org.apache.kafka.connect.data.Schema schema) {
    Schema type = Schema.create(Schema.Type.INT);
    if (org.apache.kafka.connect.data.Date.LOGICAL_NAME.equals(schema.name())) {
      return LogicalTypes.date().addToSchema(type);
    }
    return Time.LOGICAL_NAME.equals(schema.name())
        ? LogicalTypes.timeMillis().addToSchema(type)
        : type;
  }

  /** Restores the logical types that Connect does not have. */
  private static Schema logical(Schema type, @Nullable String name) {
    if (name == null || !name.startsWith(LogicalNames.LOGICAL)) {
      return type;
    }
    type.addProp("logicalType", name.substring(LogicalNames.LOGICAL.length()));
    return new Schema.Parser().parse(type.toString());
  }

  private static @Nullable String parameter(
      org.apache.kafka.connect.data.Schema schema, String name) {
    return schema.parameters() == null ? null : schema.parameters().get(name);
  }
}
