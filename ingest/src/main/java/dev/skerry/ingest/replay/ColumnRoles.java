package dev.skerry.ingest.replay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which column of the files is what, by name. Immutable.
 *
 * @param time the rows' times; empty where rows are spaced by an interval
 * @param device names each row's device; empty where a file is one device
 * @param channels in the order of the model's input, at least one
 * @param labels kept as attributes
 * @param ignored neither
 */
record ColumnRoles(
    Optional<String> time,
    Optional<String> device,
    List<String> channels,
    List<String> labels,
    List<String> ignored) {

  private static final Set<String> TIME_NAMES =
      Set.of("time", "datetime", "date_time", "timestamp", "date", "ts");

  private static final Set<String> LABEL_NAMES =
      Set.of("label", "labels", "anomaly", "is_anomaly", "changepoint", "target", "class", "fault");

  /**
   * Decides from the options, the names, and for channels from the first rows: a column in which
   * most cells that are not empty are numbers. (Were it all cells, one bad cell would take a
   * channel away; so it is reported where it stands.)
   *
   * @throws InputException for a named column that the file does not have, or a column with two
   *     roles, or no channel
   */
  static ColumnRoles decide(
      Input file, List<String> header, List<Rows.Row> firstRows, ReplayOptions options) {
    options.timeColumn().ifPresent(c -> requireColumn(file, header, "--time-column", c));
    options.deviceColumn().ifPresent(c -> requireColumn(file, header, "--device-column", c));
    options.channels().forEach(c -> requireColumn(file, header, "--channels", c));
    options.labels().ifPresent(l -> l.forEach(c -> requireColumn(file, header, "--labels", c)));

    Optional<String> namedLikeTime =
        header.stream().filter(c -> TIME_NAMES.contains(c.toLowerCase(Locale.ROOT))).findFirst();
    Optional<String> time =
        options.interval().isPresent()
            ? Optional.empty()
            : options.timeColumn().or(() -> namedLikeTime);
    List<String> labels =
        options
            .labels()
            .orElseGet(
                () ->
                    header.stream()
                        .filter(c -> LABEL_NAMES.contains(c.toLowerCase(Locale.ROOT)))
                        .filter(c -> !options.channels().contains(c))
                        .toList());
    Set<String> taken = new HashSet<>(labels);
    time.ifPresent(taken::add);
    namedLikeTime.ifPresent(taken::add);
    options.deviceColumn().ifPresent(taken::add);
    List<String> channels =
        options.channels().isEmpty()
            ? header.stream()
                .filter(c -> !taken.contains(c) && isNumeric(header.indexOf(c), firstRows))
                .toList()
            : options.channels();
    ColumnRoles roles =
        new ColumnRoles(time, options.deviceColumn(), channels, labels, List.of()).check(file);
    return roles.withIgnored(header.stream().filter(c -> !roles.all().contains(c)).toList());
  }

  private static void requireColumn(Input file, List<String> header, String option, String column) {
    if (!header.contains(column)) {
      throw new InputException(
          file
              + " has no column '"
              + column
              + "' ("
              + option
              + "); its columns are "
              + String.join(", ", header));
    }
  }

  private static boolean isNumeric(int index, List<Rows.Row> rows) {
    List<String> cells =
        rows.stream()
            .filter(row -> row.cells().size() > index)
            .map(row -> row.cells().get(index))
            .filter(cell -> !cell.isEmpty())
            .toList();
    return cells.stream().filter(Cell::isNumber).count() * 2 > cells.size();
  }

  private ColumnRoles check(Input file) {
    if (channels.isEmpty()) {
      throw new InputException(
          file + " has no numeric column that could be a channel; name some with --channels");
    }
    Set<String> seen = new HashSet<>();
    for (String column : all()) {
      if (!seen.add(column)) {
        throw new InputException(
            "The column '"
                + column
                + "' is named twice among time, device, channels and labels; a column has one"
                + " role");
      }
    }
    return this;
  }

  private ColumnRoles withIgnored(List<String> columns) {
    return new ColumnRoles(time, device, channels, labels, columns);
  }

  /** Every column that is read. */
  List<String> all() {
    List<String> all = new ArrayList<>();
    Stream.of(time.stream(), device.stream(), channels.stream(), labels.stream())
        .flatMap(columns -> columns)
        .forEach(all::add);
    return all;
  }
}
