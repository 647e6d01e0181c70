package dev.skerry.local.letters;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a dead letter stands in its topic, as {@code PARTITION/OFFSET}.
 *
 * @param partition 0 and up
 * @param offset 0 and up
 */
record LetterId(int partition, long offset) implements Comparable<LetterId> {

  /** From the command line. */
  static final class Converter implements ITypeConverter<LetterId> {

    @Override
    public LetterId convert(String text) {
      String[] parts = text.split("/", -1);
      if (parts.length != 2 || !parts[0].matches("\\d{1,6}") || !parts[1].matches("\\d{1,18}")) {
        throw new TypeConversionException(
            "'" + text + "' is no dead letter: give PARTITION/OFFSET, as dead-letters list does");
      }
      return new LetterId(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
    }
  }

  @Override
  public int compareTo(LetterId other) {
    return partition == other.partition
        ? Long.compare(offset, other.offset)
        : Integer.compare(partition, other.partition);
  }

  @Override
  public String toString() {
    return partition + "/" + offset;
  }
}
