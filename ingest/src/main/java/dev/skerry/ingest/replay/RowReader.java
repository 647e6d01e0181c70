package dev.skerry.ingest.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Rows of one file to readings: finds the columns of the roles in this file's header, parses cells,
 * and checks that times do not go backwards. Not thread-safe.
 */
final class RowReader {

  private final Input file;
  private final Format format;
  private final List<String> header;
  private final String deviceOfFile;
  private final OptionalInt timeIndex;
  private final OptionalInt deviceIndex;
  private final int[] channelIndexes;
  private final int[] labelIndexes;
  private final RowTimes times;
  private final Map<String, Long> lastNanosByDevice = new HashMap<>();

  /**
   * One row of one device.
   *
   * @param nanos since 1970
   * @param values one per channel
   * @param labels one per label column, as written
   */
  @SuppressWarnings("ArrayRecordComponent") // One per row; never compared, never changed.
  record Reading(String device, long nanos, float[] values, String[] labels) {}

  /** What became of a row. */
  sealed interface Outcome {
    record Read(Reading reading) implements Outcome {}

    /** The row cannot be used; {@code why} says file, place and reason. */
    record Bad(String why) implements Outcome {}
  }

  /**
   * How rows get their times.
   *
   * @param format of the time column; empty where there is none
   * @param startNanos of the first row where there is none
   * @param intervalNanos between rows where there is none
   */
  record RowTimes(Optional<RowTime> format, long startNanos, long intervalNanos) {}

  RowReader(
      Input file,
      Format format,
      List<String> header,
      String deviceOfFile,
      ColumnRoles roles,
      RowTimes times) {
    this.file = file;
    this.format = format;
    this.header = header;
    this.deviceOfFile = deviceOfFile;
    this.times = times;
    this.timeIndex =
        roles.time().map(c -> OptionalInt.of(header.indexOf(c))).orElseGet(OptionalInt::empty);
    this.deviceIndex =
        roles.device().map(c -> OptionalInt.of(header.indexOf(c))).orElseGet(OptionalInt::empty);
    this.channelIndexes = roles.channels().stream().mapToInt(header::indexOf).toArray();
    this.labelIndexes = roles.labels().stream().mapToInt(header::indexOf).toArray();
  }

  /** Parses one row; a bad one leaves no trace. */
  Outcome read(Rows.Row row) {
    if (row.problem().isPresent()) {
      return bad(row, row.problem().get());
    }
    List<String> cells = row.cells();
    if (cells.size() != header.size()) {
      return bad(row, "has " + cells.size() + " cells where the header has " + header.size());
    }
    String device = deviceOfFile;
    if (deviceIndex.isPresent()) {
      device = cells.get(deviceIndex.getAsInt());
      if (device.isEmpty()) {
        return bad(row, deviceIndex.getAsInt(), "the cell is empty; it names the device");
      }
    }
    float[] values = new float[channelIndexes.length];
    for (int c = 0; c < values.length; c++) {
      try {
        values[c] = Cell.toFloat(cells.get(channelIndexes[c]));
      } catch (IllegalArgumentException e) {
        return bad(row, channelIndexes[c], String.valueOf(e.getMessage()));
      }
    }
    String[] labels = new String[labelIndexes.length];
    for (int l = 0; l < labels.length; l++) {
      labels[l] = cells.get(labelIndexes[l]);
    }
    return timed(row, device, values, labels);
  }

  private Outcome timed(Rows.Row row, String device, float[] values, String[] labels) {
    Long last = lastNanosByDevice.get(device);
    long nanos;
    if (timeIndex.isPresent()) {
      String cell = row.cells().get(timeIndex.getAsInt());
      try {
        nanos = times.format().orElseThrow().epochNanos(cell);
      } catch (IllegalArgumentException e) {
        return bad(
            row,
            timeIndex.getAsInt(),
            "'"
                + cell
                + "' is not a time in the format "
                + times.format().orElseThrow().name()
                + " (--time-format)");
      }
      if (last != null && nanos < last) {
        return bad(row, timeIndex.getAsInt(), "'" + cell + "' is before the time of the row above");
      }
    } else {
      nanos = last == null ? times.startNanos() : last + times.intervalNanos();
    }
    lastNanosByDevice.put(device, nanos);
    return new Outcome.Read(new Reading(device, nanos, values, labels));
  }

  private Outcome bad(Rows.Row row, int column, String why) {
    return new Outcome.Bad(file + ", " + format.place(row, header.get(column)) + ": " + why);
  }

  private Outcome bad(Rows.Row row, String why) {
    return new Outcome.Bad(file + ", " + format.place(row) + ": " + why);
  }
}
