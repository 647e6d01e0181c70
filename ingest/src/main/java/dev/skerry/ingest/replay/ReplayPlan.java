package dev.skerry.ingest.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a replay will read: every file was opened, its header and first row checked, so that what
 * can be known beforehand is known before the first record is sent. Immutable.
 *
 * @param files in the order in which they were named
 * @param roles the same for all files
 * @param times how rows get theirs
 */
record ReplayPlan(List<CsvDevice> files, ColumnRoles roles, RowReader.RowTimes times) {

  /** Rows of the first file from which channels and the time format are found. */
  private static final int PREVIEW_ROWS = 100;

  static ReplayPlan of(ReplayOptions options) {
    List<Path> paths = FileSelection.of(options.files());
    Instant start = options.start().orElseGet(Instant::now);
    Path first = paths.get(0);
    List<String> header;
    List<CsvRows.Row> preview = new ArrayList<>();
    try (CsvRows rows = open(first, options)) {
      header = rows.header();
      for (int i = 0; i < PREVIEW_ROWS; i++) {
        rows.next().ifPresent(preview::add);
      }
    }
    if (preview.isEmpty()) {
      throw new InputException(first + " has a header but no rows");
    }
    ColumnRoles roles = ColumnRoles.decide(first, header, preview, options);
    RowReader.RowTimes times =
        new RowReader.RowTimes(
            roles.time().map(c -> timeFormat(first, c, header.indexOf(c), preview, options, start)),
            RowTime.nanos(start),
            options.interval().orElse(ReplayOptions.DEFAULT_INTERVAL).toNanos());
    List<CsvDevice> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(check(path, header, roles, times, options));
    }
    requireDistinctDevices(files, options);
    return new ReplayPlan(List.copyOf(files), roles, times);
  }

  static CsvRows open(Path file, ReplayOptions options) {
    return CsvRows.open(file, options.charset(), options.delimiter());
  }

  private static RowTime timeFormat(
      Path file,
      String column,
      int index,
      List<CsvRows.Row> preview,
      ReplayOptions options,
      Instant start) {
    if (options.timeFormat().isPresent()) {
      return RowTime.named(options.timeFormat().get(), options.zone(), start);
    }
    for (CsvRows.Row row : preview) {
      try {
        return RowTime.detect(cell(row, index), options.zone(), start);
      } catch (IllegalArgumentException e) {
        if (!options.skipBadRows()) {
          throw unknownTime(file, column, index, row);
        }
      }
    }
    throw unknownTime(file, column, index, preview.get(0));
  }

  private static InputException unknownTime(Path file, String column, int index, CsvRows.Row row) {
    return new InputException(
        file
            + ", line "
            + row.line()
            + ", column '"
            + column
            + "': '"
            + cell(row, index)
            + "' is in no known time format; name it with --time-format");
  }

  private static String cell(CsvRows.Row row, int index) {
    return index < row.cells().size() ? row.cells().get(index) : "";
  }

  private static CsvDevice check(
      Path file,
      List<String> firstHeader,
      ColumnRoles roles,
      RowReader.RowTimes times,
      ReplayOptions options) {
    try (CsvRows rows = open(file, options)) {
      requireSameColumns(file, rows.header(), firstHeader);
      RowReader reader = new RowReader(file, rows.header(), "", roles, times);
      Optional<String> firstBad = Optional.empty();
      for (Optional<CsvRows.Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        RowReader.Outcome outcome = reader.read(row.get());
        if (outcome instanceof RowReader.Outcome.Read read) {
          return new CsvDevice(
              file, device(file, options), read.reading().nanos(), Files.size(file));
        }
        RowReader.Outcome.Bad bad = (RowReader.Outcome.Bad) outcome;
        if (!options.skipBadRows()) {
          throw new InputException(bad.why());
        }
        firstBad = firstBad.or(() -> Optional.of(bad.why()));
      }
      throw new InputException(
          firstBad
              .map(why -> "No row can be read: " + why)
              .orElse(file + " has a header but no rows"));
    } catch (IOException e) {
      throw new InputException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void requireSameColumns(Path file, List<String> header, List<String> first) {
    if (new HashSet<>(header).equals(new HashSet<>(first))) {
      return;
    }
    List<String> missing = first.stream().filter(column -> !header.contains(column)).toList();
    List<String> added = header.stream().filter(column -> !first.contains(column)).toList();
    throw new InputException(
        file
            + " has other columns than the first file:"
            + (missing.isEmpty() ? "" : " it lacks " + String.join(", ", missing))
            + (missing.isEmpty() || added.isEmpty() ? "" : " and")
            + (added.isEmpty() ? "" : " it adds " + String.join(", ", added))
            + "; replay files with the same columns together");
  }

  private static String device(Path file, ReplayOptions options) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    Path folder = file.toAbsolutePath().normalize().getParent();
    Path folderName = folder == null ? null : folder.getFileName();
    return options
        .device()
        .replace(ReplayOptions.DEVICE_OF_FILE, dot > 0 ? name.substring(0, dot) : name)
        .replace(ReplayOptions.DEVICE_OF_FOLDER, folderName == null ? "" : folderName.toString());
  }

  /** A name without a place holder is meant for all files; two files of one name are a mistake. */
  private static void requireDistinctDevices(List<CsvDevice> files, ReplayOptions options) {
    boolean perFile =
        options.device().contains(ReplayOptions.DEVICE_OF_FILE)
            || options.device().contains(ReplayOptions.DEVICE_OF_FOLDER);
    if (!perFile || options.deviceColumn().isPresent()) {
      return;
    }
    Map<String, Path> fileByDevice = new HashMap<>();
    for (CsvDevice file : files) {
      Path other = fileByDevice.put(file.device(), file.file());
      if (other != null) {
        throw new InputException(
            other
                + " and "
                + file.file()
                + " would both be the device '"
                + file.device()
                + "'; use --device '{folder}-{file}', or --device NAME where they are one device");
      }
    }
  }
}
