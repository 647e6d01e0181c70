package dev.skerry.ingest.replay;

import java.io.IOException;
import java.io.InputStream;
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
record ReplayPlan(List<RowFile> files, ColumnRoles roles, RowReader.RowTimes times) {

  static ReplayPlan of(ReplayOptions options, InputStream standardInput) {
    List<Input> inputs = FileSelection.of(options.files(), standardInput);
    requireRepeatable(inputs, options);
    Instant start = options.start().orElseGet(Instant::now);
    Input first = inputs.get(0);
    Format firstFormat = RowSource.format(first, options);
    List<String> header;
    List<Rows.Row> preview = new ArrayList<>();
    try (Rows rows = RowSource.open(first, firstFormat, options)) {
      header = rows.header();
      for (int i = 0; i < RowSource.previewRows(first); i++) {
        rows.next().ifPresent(preview::add);
      }
    }
    if (preview.isEmpty()) {
      throw new InputException(first + " has columns but no rows");
    }
    ColumnRoles roles = ColumnRoles.decide(first, header, preview, options);
    RowReader.RowTimes times =
        new RowReader.RowTimes(
            roles
                .time()
                .map(c -> timeFormat(first, firstFormat, c, header, preview, options, start)),
            RowTime.nanos(start),
            options.interval().orElse(ReplayOptions.DEFAULT_INTERVAL).toNanos());
    List<RowFile> files = new ArrayList<>();
    for (Input input : inputs) {
      files.add(check(input, header, roles, times, options));
      input.checked();
    }
    requireDistinctDevices(files, options);
    return new ReplayPlan(List.copyOf(files), roles, times);
  }

  private static void requireRepeatable(List<Input> inputs, ReplayOptions options) {
    if (options.passes() != 1 && inputs.stream().anyMatch(StandardInput.class::isInstance)) {
      throw new InputException("Standard input can be read only once; leave --loop out");
    }
  }

  private static RowTime timeFormat(
      Input file,
      Format format,
      String column,
      List<String> header,
      List<Rows.Row> preview,
      ReplayOptions options,
      Instant start) {
    if (options.timeFormat().isPresent()) {
      return RowTime.named(options.timeFormat().get(), options.zone(), start);
    }
    int index = header.indexOf(column);
    for (Rows.Row row : preview) {
      try {
        return RowTime.detect(cell(row, index), options.zone(), start);
      } catch (IllegalArgumentException e) {
        if (!options.skipBadRows()) {
          throw unknownTime(file, format, column, cell(row, index), row);
        }
      }
    }
    throw unknownTime(file, format, column, cell(preview.get(0), index), preview.get(0));
  }

  private static InputException unknownTime(
      Input file, Format format, String column, String cell, Rows.Row row) {
    return new InputException(
        file
            + ", "
            + format.place(row, column)
            + ": "
            + row.problem()
                .orElse("'" + cell + "' is in no known time format; name it with --time-format"));
  }

  private static String cell(Rows.Row row, int index) {
    return index < row.cells().size() ? row.cells().get(index) : "";
  }

  private static RowFile check(
      Input file,
      List<String> firstHeader,
      ColumnRoles roles,
      RowReader.RowTimes times,
      ReplayOptions options) {
    Format format = RowSource.format(file, options);
    try (Rows rows = RowSource.open(file, format, options)) {
      requireSameColumns(file, rows.header(), firstHeader);
      RowReader reader = new RowReader(file, format, rows.header(), "", roles, times);
      Optional<String> firstBad = Optional.empty();
      for (Optional<Rows.Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        RowReader.Outcome outcome = reader.read(row.get());
        if (outcome instanceof RowReader.Outcome.Read read) {
          return new RowFile(
              file, format, device(file, options), read.reading().nanos(), file.sizeBytes());
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
              .orElse(file + " has columns but no rows"));
    } catch (IOException e) {
      throw new InputException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void requireSameColumns(Input file, List<String> header, List<String> first) {
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

  private static String device(Input file, ReplayOptions options) {
    return options
        .device()
        .replace(ReplayOptions.DEVICE_OF_FILE, Format.withoutSuffix(file.fileName()))
        .replace(ReplayOptions.DEVICE_OF_FOLDER, file.folderName());
  }

  /** A name without a place holder is meant for all files; two files of one name are a mistake. */
  private static void requireDistinctDevices(List<RowFile> files, ReplayOptions options) {
    boolean perFile =
        options.device().contains(ReplayOptions.DEVICE_OF_FILE)
            || options.device().contains(ReplayOptions.DEVICE_OF_FOLDER);
    if (!perFile || options.deviceColumn().isPresent()) {
      return;
    }
    Map<String, Input> fileByDevice = new HashMap<>();
    for (RowFile file : files) {
      Input other = fileByDevice.put(file.device(), file.input());
      if (other != null) {
        throw new InputException(
            other
                + " and "
                + file.input()
                + " would both be the device '"
                + file.device()
                + "'; use --device '{folder}-{file}', or --device NAME where they are one device");
      }
    }
  }
}
