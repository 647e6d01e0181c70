package dev.skerry.ingest.replay.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A column that is neither nested nor repeated, and how its values read as text: numbers in digits,
 * times as ISO 8601, true and false as 1 and 0. Immutable.
 *
 * @param element as the file describes it
 */
record FlatColumn(SchemaElement element) {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** The day from which INT96 counts days, in days before 1970. */
  private static final long JULIAN_DAY_OF_1970 = 2_440_588;

  String name() {
    return element.getName();
  }

  /** As Parquet's own reader wants it, whose names of physical types differ for one. */
  PrimitiveType toPrimitiveType() {
    Type type = element.getType();
    return new PrimitiveType(
        isOptional()
            ? org.apache.parquet.schema.Type.Repetition.OPTIONAL
            : org.apache.parquet.schema.Type.Repetition.REQUIRED,
        type == Type.BYTE_ARRAY ? PrimitiveTypeName.BINARY : PrimitiveTypeName.valueOf(type.name()),
        element.getType_length(),
        name());
  }

  /** The value that the reader stands at, as text; empty for null. Goes on to the next one. */
  String next(ColumnReader reader) {
    boolean isThere = reader.getCurrentDefinitionLevel() == (isOptional() ? 1 : 0);
    String text = isThere ? text(reader) : "";
    reader.consume();
    return text;
  }

  private boolean isOptional() {
    return element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
  }

  private String text(ColumnReader reader) {
    return switch (element.getType()) {
      case BOOLEAN -> reader.getBoolean() ? "1" : "0";
      case INT32 -> int32(reader.getInteger());
      case INT64 -> int64(reader.getLong());
      case INT96 -> int96(reader.getBinary().toByteBuffer());
      case FLOAT -> Float.toString(reader.getFloat());
      case DOUBLE -> Double.toString(reader.getDouble());
      case BYTE_ARRAY ->
          isDecimal()
              ? decimal(new BigInteger(reader.getBinary().getBytes()))
              : reader.getBinary().toStringUsingUTF8().trim();
      case FIXED_LEN_BYTE_ARRAY ->
          isDecimal() ? decimal(new BigInteger(reader.getBinary().getBytes())) : "[bytes]";
    };
  }

  private String int32(int value) {
    if (isDate()) {
      return LocalDate.ofEpochDay(value).toString();
    }
    if (isDecimal()) {
      return decimal(BigInteger.valueOf(value));
    }
    return isUnsigned() ? Integer.toUnsignedString(value) : Integer.toString(value);
  }

  private String int64(long value) {
    ConvertedType converted = element.getConverted_type();
    if (element.isSetLogicalType() && element.getLogicalType().isSetTIMESTAMP()) {
      TimestampType timestamp = element.getLogicalType().getTIMESTAMP();
      return timestamp(value, perSecond(timestamp.getUnit()), timestamp.isIsAdjustedToUTC());
    }
    if (converted == ConvertedType.TIMESTAMP_MILLIS) {
      return timestamp(value, 1_000, /* utc= */ true);
    }
    if (converted == ConvertedType.TIMESTAMP_MICROS) {
      return timestamp(value, 1_000_000, /* utc= */ true);
    }
    if (isDecimal()) {
      return decimal(BigInteger.valueOf(value));
    }
    return isUnsigned() ? Long.toUnsignedString(value) : Long.toString(value);
  }

  /** Nanoseconds of the day, then the Julian day: how Impala and old Sparks write times. */
  private static String int96(ByteBuffer bytes) {
    ByteBuffer value = bytes.order(ByteOrder.LITTLE_ENDIAN);
    long nanosOfDay = value.getLong();
    long day = value.getInt() - JULIAN_DAY_OF_1970;
    return Instant.ofEpochSecond(day * 86_400, nanosOfDay).toString();
  }

  private static long perSecond(TimeUnit unit) {
    return unit.isSetMILLIS() ? 1_000 : unit.isSetMICROS() ? 1_000_000 : NANOS_PER_SECOND;
  }

  private static String timestamp(long value, long perSecond, boolean utc) {
    long seconds = Math.floorDiv(value, perSecond);
    long nanos = Math.floorMod(value, perSecond) * (NANOS_PER_SECOND / perSecond);
    Instant instant = Instant.ofEpochSecond(seconds, nanos);
    return utc ? instant.toString() : LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
  }

  private String decimal(BigInteger unscaled) {
    int scale =
        element.isSetLogicalType() && element.getLogicalType().isSetDECIMAL()
            ? element.getLogicalType().getDECIMAL().getScale()
            : element.getScale();
    return new BigDecimal(unscaled, scale).toPlainString();
  }

  private boolean isDate() {
    return element.getConverted_type() == ConvertedType.DATE
        || (element.isSetLogicalType() && element.getLogicalType().isSetDATE());
  }

  private boolean isDecimal() {
    return element.getConverted_type() == ConvertedType.DECIMAL
        || (element.isSetLogicalType() && element.getLogicalType().isSetDECIMAL());
  }

  private boolean isUnsigned() {
    return element.isSetLogicalType()
        && element.getLogicalType().isSetINTEGER()
        && !element.getLogicalType().getINTEGER().isIsSigned();
  }
}
