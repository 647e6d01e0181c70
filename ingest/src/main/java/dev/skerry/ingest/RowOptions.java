package dev.skerry.ingest;

import dev.skerry.ingest.publish.Speed;
import dev.skerry.ingest.replay.Format;
import dev.skerry.ingest.replay.ReplayOptions;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Which files become telemetry, and how. A mixin, for every command that takes files. */
public final class RowOptions {

  @Parameters(
      arity = "1..*",
      paramLabel = "FILES",
      description =
          "Files of rows (CSV, JSON lines, Parquet; text also compressed with gzip), directories of"
              + " them, quoted globs, or - for standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--stream",
      paramLabel = "NAME",
      description = "The kind of signal, for example pump; it selects the model.")
  private Optional<String> stream = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description =
          "csv, jsonl or parquet (default: what a file's name ends with, otherwise jsonl where it"
              + " begins with {, and csv).")
  private Optional<Format> format = Optional.empty();

  @Option(
      names = "--speed",
      paramLabel = "SPEED",
      converter = SpeedConverter.class,
      description =
          "recorded (by the event times), a factor of it such as 10x, or max (default: recorded)."
              + " A file is always written as fast as possible.")
  private Optional<Speed> speed = Optional.empty();

  @Option(
      names = "--loop",
      paramLabel = "TIMES",
      converter = PassesConverter.class,
      description =
          "Replay the files so often, or forever, each time with times that go on from those before"
              + " (default: 1).")
  private long passes = 1;

  @Option(
      names = "--site",
      paramLabel = "NAME",
      description = "The site where the devices stand (default: ${DEFAULT-VALUE}).")
  private String site = ReplayOptions.DEFAULT_SITE;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description =
          "The device of each file; {file} stands for the file's name without extension, {folder}"
              + " for that of its directory (default: ${DEFAULT-VALUE}). A name without these makes"
              + " all files one device.")
  private String device = ReplayOptions.DEVICE_OF_FILE;

  @Option(
      names = "--device-column",
      paramLabel = "COLUMN",
      description = "The column that names the device of each row.")
  private Optional<String> deviceColumn = Optional.empty();

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      description = "How the files' text is encoded (default: UTF-8).")
  private Optional<Charset> charset = Optional.empty();

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      converter = DelimiterConverter.class,
      description =
          "Between cells: one character, or tab (default: the most frequent of ; tab | , in the"
              + " header line).")
  private Optional<Character> delimiter = Optional.empty();

  @Option(
      names = "--time-column",
      paramLabel = "COLUMN",
      description =
          "The rows' times (default: the first column named time, datetime, date_time, timestamp,"
              + " date or ts; without one, rows are spaced by --interval).")
  private Optional<String> timeColumn = Optional.empty();

  @Option(
      names = "--time-format",
      paramLabel = "FORMAT",
      description =
          "iso (also with a space for the T), epoch-s, epoch-ms, epoch-us, epoch-ns, elapsed-s"
              + " (seconds since --start), or a pattern such as 'dd.MM.yyyy HH:mm:ss' (default:"
              + " found in the first row).")
  private Optional<String> timeFormat = Optional.empty();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "The zone of times that name none, for example Europe/Oslo (default: UTC).")
  private Optional<ZoneId> zone = Optional.empty();

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description =
          "The time of the first row where rows have no times of day, for example"
              + " 2026-01-01T00:00:00Z (default: now).")
  private Optional<Instant> start = Optional.empty();

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Between rows that have no times, for example 100ms (default: 1s).")
  private Optional<Duration> interval = Optional.empty();

  @Option(
      names = "--channels",
      paramLabel = "COLUMN[,COLUMN...]",
      description =
          "The model's input, in its order (default: every numeric column that is neither time,"
              + " device nor label).")
  private Optional<String> channels = Optional.empty();

  @Option(
      names = "--labels",
      paramLabel = "COLUMN[,COLUMN...]",
      description =
          "Columns kept as attributes label.COLUMN, never seen by a model: the largest value of a"
              + " window where they are numbers, otherwise the last one (default: columns named"
              + " anomaly, changepoint, label and the like; '' for none).")
  private Optional<String> labels = Optional.empty();

  @Option(
      names = "--size",
      paramLabel = "ROWS",
      description = "Rows of one window (default: ${DEFAULT-VALUE}).")
  private int size = ReplayOptions.DEFAULT_SIZE_ROWS;

  @Option(
      names = "--hop",
      paramLabel = "ROWS",
      description =
          "Rows from the beginning of one window to that of the next (default: as --size).")
  private Optional<Integer> hop = Optional.empty();

  @Option(
      names = "--skip-bad-rows",
      description = "Skip and count rows that cannot be read; otherwise the first one ends it.")
  private boolean skipBadRows;

  @Option(names = "--limit", paramLabel = "RECORDS", description = "End after so many records.")
  private Optional<Long> limit = Optional.empty();

  /** The stream that was named. */
  public Optional<String> stream() {
    return stream;
  }

  /** How fast, where that was said. */
  Optional<Speed> speed() {
    return speed;
  }

  /** These options for a stream. */
  public ReplayOptions toReplay(String streamName) {
    ReplayOptions.Builder builder =
        ReplayOptions.builder(streamName, files)
            .site(site)
            .device(device)
            .channels(channels.map(RowOptions::columns).orElse(List.of()))
            .window(size, hop.orElse(size))
            .skipBadRows(skipBadRows)
            .passes(passes);
    format.ifPresent(builder::format);
    deviceColumn.ifPresent(builder::deviceColumn);
    charset.ifPresent(builder::charset);
    delimiter.ifPresent(builder::delimiter);
    timeColumn.ifPresent(builder::timeColumn);
    timeFormat.ifPresent(builder::timeFormat);
    zone.ifPresent(builder::zone);
    start.ifPresent(builder::start);
    interval.ifPresent(builder::interval);
    labels.ifPresent(columns -> builder.labels(columns(columns)));
    limit.ifPresent(builder::limit);
    return builder.build();
  }

  private static List<String> columns(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::trim).filter(c -> !c.isEmpty()).toList();
  }

  /** A number, or forever. */
  static final class PassesConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      if (text.equalsIgnoreCase("forever")) {
        return ReplayOptions.FOR_EVER;
      }
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is no number, nor forever");
      }
    }
  }

  /** One character, or its name. */
  static final class DelimiterConverter implements ITypeConverter<Character> {
    @Override
    public Character convert(String text) {
      String named = text.toLowerCase(Locale.ROOT);
      if (named.equals("tab") || named.equals("\\t")) {
        return '\t';
      }
      if (text.length() != 1) {
        throw new TypeConversionException("'" + text + "' is not one character, nor tab");
      }
      return text.charAt(0);
    }
  }
}
