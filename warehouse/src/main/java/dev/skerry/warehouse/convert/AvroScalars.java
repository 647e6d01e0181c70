package dev.skerry.warehouse.convert;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/**
 * Avro's types without parts. Connect knows dates, times and instants to the millisecond and
 * decimals: these become its own. What it does not know (microseconds and nanoseconds, local times,
 * UUIDs, durations) stays the exact number, text or bytes, and the schema's name says what it is.
 */
@SuppressWarnings("JavaUtilDate") // Connect's dates, times and instants are of this class.
final class AvroScalars {

  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final long FIRST_MILLIS = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
  private static final long LAST_MILLIS = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private AvroScalars() {}

  private record Scalar(
      org.apache.kafka.connect.data.Schema schema, Function<Object, Object> conversion)
      implements FromAvro {

    @Override
    public Object convert(Object value) {
      return conversion.apply(value);
    }
  }

  static FromAvro compile(Schema schema, boolean optional) {
    Optional<String> logical = LogicalNames.of(schema);
    return switch (schema.getType()) {
      case NULL -> scalar(SchemaBuilder.string(), true, value -> value);
      case BOOLEAN -> scalar(SchemaBuilder.bool(), optional, value -> value);
      case INT -> integer(logical.orElse(""), optional);
      case LONG -> longInteger(logical.orElse(""), optional);
      case FLOAT -> scalar(SchemaBuilder.float32(), optional, value -> value);
      case DOUBLE -> scalar(SchemaBuilder.float64(), optional, value -> value);
      case STRING ->
          scalar(named(SchemaBuilder.string(), logical.orElse("")), optional, Object::toString);
      case ENUM -> enumeration(schema, optional);
      case BYTES, FIXED -> bytes(schema, logical.orElse(""), optional);
      default -> throw new IllegalArgumentException(schema.getType() + " has parts");
    };
  }

  private static FromAvro integer(String logical, boolean optional) {
    return switch (logical) {
      case "date" ->
          scalar(
              org.apache.kafka.connect.data.Date.builder(),
              optional,
              value -> instant((Integer) value * MILLIS_PER_DAY));
      case "time-millis" -> scalar(Time.builder(), optional, value -> timeOfDay((Integer) value));
      default -> scalar(named(SchemaBuilder.int32(), logical), optional, value -> value);
    };
  }

  private static FromAvro longInteger(String logical, boolean optional) {
    return logical.equals("timestamp-millis")
        ? scalar(Timestamp.builder(), optional, value -> instant((Long) value))
        : scalar(named(SchemaBuilder.int64(), logical), optional, value -> value);
  }

  private static FromAvro enumeration(Schema schema, boolean optional) {
    SchemaBuilder builder =
        SchemaBuilder.string()
            .parameter(LogicalNames.ENUM, schema.getFullName())
            .parameter(LogicalNames.SYMBOLS, String.join(",", schema.getEnumSymbols()));
    return scalar(builder, optional, Object::toString);
  }

  private static FromAvro bytes(Schema schema, String logical, boolean optional) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      SchemaBuilder builder =
          Decimal.builder(decimal.getScale())
              .parameter(LogicalNames.PRECISION, Integer.toString(decimal.getPrecision()));
      return scalar(builder, optional, value -> decimal(value, decimal.getScale()));
    }
    boolean isUuid = logical.equals("uuid");
    if (isUuid && schema.getType() == Schema.Type.FIXED) {
      return scalar(
          named(SchemaBuilder.string(), logical), optional, value -> uuid(array(value)).toString());
    }
    if (logical.equals("big-decimal")) {
      Conversions.BigDecimalConversion conversion = new Conversions.BigDecimalConversion();
      return scalar(
          named(SchemaBuilder.string(), logical),
          optional,
          value ->
              conversion
                  .fromBytes((ByteBuffer) value, schema, schema.getLogicalType())
                  .toPlainString());
    }
    SchemaBuilder builder = named(SchemaBuilder.bytes(), logical);
    if (schema.getType() == Schema.Type.FIXED) {
      builder.parameter(LogicalNames.FIXED_SIZE, Integer.toString(schema.getFixedSize()));
    }
    return scalar(builder, optional, AvroScalars::array);
  }

  private static SchemaBuilder named(SchemaBuilder builder, String logical) {
    return logical.isEmpty() ? builder : builder.name(LogicalNames.LOGICAL + logical);
  }

  private static FromAvro scalar(
      SchemaBuilder builder, boolean optional, Function<Object, Object> conversion) {
    return new Scalar(AvroSchemas.finish(builder, optional), conversion);
  }

  /** Readers of tables know the years 1 to 9999. */
  private static Date instant(long millis) {
    if (millis < FIRST_MILLIS || millis > LAST_MILLIS) {
      throw new DataException(millis + " ms since 1970 is not in the years 1 to 9999");
    }
    return new Date(millis);
  }

  private static Date timeOfDay(int millis) {
    if (millis < 0 || millis >= MILLIS_PER_DAY) {
      throw new DataException(millis + " ms are no time of day");
    }
    return new Date(millis);
  }

  private static BigDecimal decimal(Object value, int scale) {
    return new BigDecimal(new BigInteger(array(value)), scale);
  }

  private static UUID uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  private static byte[] array(Object value) {
    if (value instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
