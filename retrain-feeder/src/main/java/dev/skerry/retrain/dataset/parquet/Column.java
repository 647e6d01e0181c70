package dev.skerry.retrain.dataset.parquet;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * One column of rows of some kind. Immutable.
 *
 * @param name as readers see it
 * @param type what it holds
 * @param write writes the value of a row
 */
public record Column<T>(String name, ColumnType type, BiConsumer<T, ColumnValues> write) {

  public static <T> Column<T> text(String name, Function<T, String> value) {
    return new Column<>(name, ColumnType.STRING, (row, to) -> to.addText(value.apply(row)));
  }

  public static <T> Column<T> bytes(String name, Function<T, byte[]> value) {
    return new Column<>(name, ColumnType.BYTES, (row, to) -> to.addBytes(value.apply(row)));
  }

  public static <T> Column<T> int32(String name, ToIntFunction<T> value) {
    return new Column<>(name, ColumnType.INT32, (row, to) -> to.addInt(value.applyAsInt(row)));
  }

  public static <T> Column<T> int64(String name, ToLongFunction<T> value) {
    return new Column<>(name, ColumnType.INT64, (row, to) -> to.addLong(value.applyAsLong(row)));
  }

  /** Milliseconds since the epoch. */
  public static <T> Column<T> time(String name, ToLongFunction<T> millis) {
    return new Column<>(
        name, ColumnType.TIMESTAMP, (row, to) -> to.addLong(millis.applyAsLong(row)));
  }

  public static <T> Column<T> float32(String name, ToDoubleFunction<T> value) {
    return new Column<>(
        name, ColumnType.FLOAT, (row, to) -> to.addFloat((float) value.applyAsDouble(row)));
  }

  public static <T> Column<T> float64(String name, ToDoubleFunction<T> value) {
    return new Column<>(
        name, ColumnType.DOUBLE, (row, to) -> to.addDouble(value.applyAsDouble(row)));
  }

  public static <T> Column<T> floats(String name, Function<T, float[]> values) {
    return new Column<>(name, ColumnType.FLOATS, (row, to) -> to.addFloats(values.apply(row)));
  }
}
