package dev.skerry.retrain.dataset.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How lists of any length lie in one column: a level of one bit for each value, in runs.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/nestedencoding/">Nested encoding</a>
 */
final class Levels {

  private final ByteArrayOutputStream runs = new ByteArrayOutputStream();
  private int level = -1;
  private int length;

  private Levels() {}

  /** 0 where a list begins, else 1. */
  static byte[] repetition(List<Integer> lengths) {
    Levels levels = new Levels();
    for (int length : lengths) {
      levels.add(0, 1);
      levels.add(1, Math.max(0, length - 1));
    }
    return levels.toBytes();
  }

  /** 1 where there is a value, 0 for an empty list. */
  static byte[] definition(List<Integer> lengths) {
    Levels levels = new Levels();
    for (int length : lengths) {
      levels.add(length == 0 ? 0 : 1, Math.max(1, length));
    }
    return levels.toBytes();
  }

  /** The lengths again, from both. */
  static List<Integer> lengths(ByteBuffer repetition, ByteBuffer definition, int count)
      throws IOException {
    boolean[] begins = read(repetition, count, 0);
    boolean[] isThere = read(definition, count, 1);
    List<Integer> lengths = new ArrayList<>();
    int length = 0;
    for (int i = 0; i < count; i++) {
      if (begins[i] && i > 0) {
        lengths.add(length);
        length = 0;
      }
      length += isThere[i] ? 1 : 0;
    }
    if (count > 0) {
      lengths.add(length);
    }
    return lengths;
  }

  private void add(int value, int times) {
    if (times == 0) {
      return;
    }
    if (value != level) {
      flush();
      level = value;
    }
    length += times;
  }

  private byte[] toBytes() {
    flush();
    return runs.toByteArray();
  }

  private void flush() {
    if (length > 0) {
      int header = length << 1;
      while ((header & ~0x7F) != 0) {
        runs.write((header & 0x7F) | 0x80);
        header >>>= 7;
      }
      runs.write(header);
      runs.write(level);
    }
    length = 0;
  }

  private static boolean[] read(ByteBuffer from, int count, int wanted) throws IOException {
    boolean[] levels = new boolean[count];
    int at = 0;
    while (at < count) {
      int header = varint(from);
      int run = header >>> 1;
      if ((header & 1) != 0 || run == 0 || run > count - at) {
        throw new IOException("its levels are not in runs, as Skerry writes them");
      }
      boolean isWanted = from.get() == wanted;
      for (int i = 0; i < run; i++) {
        levels[at++] = isWanted;
      }
    }
    return levels;
  }

  private static int varint(ByteBuffer from) {
    int value = 0;
    for (int shift = 0; shift < 32; shift += 7) {
      byte next = from.get();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        break;
      }
    }
    return value;
  }
}
