package dev.skerry.retrain.dataset.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The values of one column of a row group while it is put together. Not thread-safe. */
public final class ColumnValues {

  private static final int FIRST_BYTES = 1 << 12;

  private final boolean isList;
  private final List<Integer> lengths = new ArrayList<>();
  private ByteBuffer values = newBuffer(FIRST_BYTES);
  private int rows;

  ColumnValues(ColumnType type) {
    this.isList = type == ColumnType.FLOATS;
  }

  void addText(String text) {
    addBytes(text.getBytes(UTF_8));
  }

  void addBytes(byte[] bytes) {
    room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
    rows++;
  }

  void addInt(int value) {
    room(Integer.BYTES).putInt(value);
    rows++;
  }

  void addLong(long value) {
    room(Long.BYTES).putLong(value);
    rows++;
  }

  void addFloat(float value) {
    room(Float.BYTES).putFloat(value);
    rows++;
  }

  void addDouble(double value) {
    room(Double.BYTES).putDouble(value);
    rows++;
  }

  void addFloats(float[] list) {
    ByteBuffer to = room(list.length * Float.BYTES);
    for (float value : list) {
      to.putFloat(value);
    }
    lengths.add(list.length);
    rows++;
  }

  int bytes() {
    return values.position();
  }

  /** As Parquet counts: an empty list is one value that is not there. */
  int count() {
    return isList ? lengths.stream().mapToInt(length -> Math.max(1, length)).sum() : rows;
  }

  /** The page: levels where there are any, then the values. */
  byte[] page() {
    byte[] repetition = isList ? Levels.repetition(lengths) : new byte[0];
    byte[] definition = isList ? Levels.definition(lengths) : new byte[0];
    int levels = isList ? repetition.length + definition.length + 2 * Integer.BYTES : 0;
    byte[] page = new byte[levels + values.position()];
    ByteBuffer to = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
    if (isList) {
      to.putInt(repetition.length).put(repetition).putInt(definition.length).put(definition);
    }
    to.put(values.duplicate().flip());
    return page;
  }

  private ByteBuffer room(int bytes) {
    if (values.remaining() < bytes) {
      int wanted = Math.addExact(values.position(), bytes);
      ByteBuffer larger = newBuffer(Math.max(wanted, 2 * values.capacity()));
      values = larger.put(values.flip());
    }
    return values;
  }

  private static ByteBuffer newBuffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
