package dev.skerry.warehouse.convert;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Connect's values to Avro's generic ones, of a schema that {@link ConnectSchemas} has made. */
@SuppressWarnings("JavaUtilDate") // Connect's dates, times and instants are of this class.
final class ToAvro {

  private static final long MILLIS_PER_DAY = 86_400_000L;

  private ToAvro() {}

  /**
   * One value.
   *
   * @throws DataException for a value that is not of the schema
   */
  static @Nullable Object convert(@Nullable Object value, Schema schema) {
    if (value == null) {
      return null;
    }
    return switch (schema.getType()) {
      case UNION -> union(value, schema);
      case RECORD -> record((Struct) value, schema);
      case ARRAY -> array((Collection<?>) value, schema);
      case MAP -> map((Map<?, ?>) value, schema);
      case ENUM -> new GenericData.EnumSymbol(schema, value.toString());
      case INT -> integer(value, schema);
      case LONG -> value instanceof Date date ? (Object) date.getTime() : value;
      case STRING -> value.toString();
      case BYTES, FIXED -> bytes(value, schema);
      default -> value;
    };
  }

  private static @Nullable Object union(Object value, Schema union) {
    List<Schema> branches =
        union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    if (branches.size() == 1) {
      return convert(value, branches.get(0));
    }
    Struct struct = (Struct) value;
    List<Field> fields = struct.schema().fields();
    for (int i = 0; i < fields.size(); i++) {
      Object member = struct.get(fields.get(i));
      if (member != null) {
        return convert(member, branches.get(i));
      }
    }
    throw new DataException("A union has no value: none of its fields is set");
  }

  private static Object record(Struct struct, Schema schema) {
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), convert(struct.get(field.name()), field.schema()));
    }
    return record;
  }

  private static Object array(Collection<?> values, Schema schema) {
    List<@Nullable Object> list = new ArrayList<>(values.size());
    values.forEach(each -> list.add(convert(each, schema.getElementType())));
    return list;
  }

  private static Object map(Map<?, ?> values, Schema schema) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    values.forEach((key, each) -> map.put(key.toString(), convert(each, schema.getValueType())));
    return map;
  }

  private static Object integer(Object value, Schema schema) {
    if (!(value instanceof Date date)) {
      return ((Number) value).intValue();
    }
    boolean isDay = LogicalNames.of(schema).filter("date"::equals).isPresent();
    return Math.toIntExact(isDay ? Math.floorDiv(date.getTime(), MILLIS_PER_DAY) : date.getTime());
  }

  private static Object bytes(Object value, Schema schema) {
    String logical = LogicalNames.of(schema).orElse("");
    byte[] bytes =
        switch (logical) {
          case "decimal" -> ((java.math.BigDecimal) value).unscaledValue().toByteArray();
          case "big-decimal" -> bigDecimal((String) value, schema);
          case "uuid" -> uuid(UUID.fromString((String) value));
          default -> plain(value);
        };
    return schema.getType() == Schema.Type.FIXED
        ? new GenericData.Fixed(schema, padded(bytes, schema, logical.equals("decimal")))
        : ByteBuffer.wrap(bytes);
  }

  private static byte[] bigDecimal(String value, Schema schema) {
    return plain(
        new Conversions.BigDecimalConversion()
            .toBytes(new java.math.BigDecimal(value), schema, schema.getLogicalType()));
  }

  private static byte[] uuid(UUID uuid) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  private static byte[] plain(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** A decimal fills its size with its sign; other bytes must have the size that is said. */
  private static byte[] padded(byte[] bytes, Schema schema, boolean isDecimal) {
    int size = schema.getFixedSize();
    if (bytes.length == size) {
      return bytes;
    }
    if (!isDecimal || bytes.length > size) {
      throw new DataException(
          "%s has %d bytes, not %d".formatted(schema.getFullName(), size, bytes.length));
    }
    byte[] padded = new byte[size];
    java.util.Arrays.fill(padded, bytes[0] < 0 ? (byte) -1 : 0);
    System.arraycopy(bytes, 0, padded, size - bytes.length, bytes.length);
    return padded;
  }
}
