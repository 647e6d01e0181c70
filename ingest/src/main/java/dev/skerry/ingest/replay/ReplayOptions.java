package dev.skerry.ingest.replay;

import dev.skerry.service.ConfigException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What to replay and how. Immutable; made by {@link #builder}.
 *
 * @param files files, directories (what is in a known format in them), globs, and {@code -} for
 *     standard input
 * @param format of the files; empty: what their names end with, otherwise what they begin with
 * @param stream the kind of signal, which selects the model
 * @param site the site where the devices stand
 * @param device the name of a file's device; {@code {file}} stands for the file's name without
 *     extension, {@code {folder}} for the name of its directory
 * @param deviceColumn the column that names each row's device, in place of {@code device}
 * @param charset of the files
 * @param delimiter between cells; empty: found in the header line
 * @param timeColumn the rows' times; empty: found by its name, unless {@code interval} is given
 * @param timeFormat see {@link RowTime#named}; empty: found in the first row
 * @param zone of times that do not name theirs
 * @param start the time of the first row where the files have no times, and what elapsed times
 *     count from; empty: now
 * @param interval between rows where the files have no times
 * @param channels columns in the order of the model's input; empty: every numeric column that is
 *     nothing else
 * @param labels columns that become attributes; empty: found by their names
 * @param sizeRows rows of one window, 1 and up
 * @param hopRows rows from the beginning of one window to that of the next, 1 and up
 * @param skipBadRows whether a row that cannot be read is skipped and counted, or ends the replay
 * @param limit the largest number of records
 * @param passes how often the files are replayed, 1 and up; each time with times that go on from
 *     those before
 */
public record ReplayOptions(
    List<String> files,
    Optional<Format> format,
    String stream,
    String site,
    String device,
    Optional<String> deviceColumn,
    Charset charset,
    Optional<Character> delimiter,
    Optional<String> timeColumn,
    Optional<String> timeFormat,
    ZoneId zone,
    Optional<Instant> start,
    Optional<Duration> interval,
    List<String> channels,
    Optional<List<String>> labels,
    int sizeRows,
    int hopRows,
    boolean skipBadRows,
    OptionalLong limit,
    long passes) {

  /** Rows of a window where nothing else is said. */
  public static final int DEFAULT_SIZE_ROWS = 60;

  /** Between rows of files with no times, where nothing else is said. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

  /** The site where nothing else is said. */
  public static final String DEFAULT_SITE = "local";

  /** Names the device after the file. */
  public static final String DEVICE_OF_FILE = "{file}";

  /** Names the device after the file and its directory. */
  public static final String DEVICE_OF_FOLDER = "{folder}";

  private static final int MAX_SIZE_ROWS = 1 << 20;

  /** Checks each value by itself and those that exclude each other. */
  public ReplayOptions {
    files = List.copyOf(files);
    channels = List.copyOf(channels);
    labels = labels.map(List::copyOf);
    require(!files.isEmpty(), "No file to replay was named");
    require(!stream.isBlank(), "--stream is blank; name the kind of signal, for example pump");
    require(!site.isBlank(), "--site is blank; name the site where the devices stand");
    require(!device.isBlank(), "--device is blank; name the device or leave it out");
    require(
        sizeRows >= 1 && sizeRows <= MAX_SIZE_ROWS,
        "--size is " + sizeRows + "; a window has 1 to " + MAX_SIZE_ROWS + " rows");
    require(hopRows >= 1, "--hop is " + hopRows + "; windows begin 1 or more rows apart");
    require(
        interval.isEmpty() || timeColumn.isEmpty(),
        "--interval and --time-column exclude each other; give one of them");
    require(
        interval.isEmpty() || interval.get().compareTo(Duration.ZERO) > 0,
        "--interval is not above zero");
    require(
        deviceColumn.isEmpty() || device.equals(DEVICE_OF_FILE),
        "--device and --device-column exclude each other; give one of them");
    require(
        limit.isEmpty() || limit.getAsLong() >= 1,
        "--limit is below 1; give the largest number of records to replay");
    require(passes >= 1, "--loop is below 1; say how often, or forever");
  }

  /** Without end. */
  public static final long FOR_EVER = Long.MAX_VALUE;

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new ConfigException(problem);
    }
  }

  /** Starts from the defaults: one device per file, tumbling windows, columns found by name. */
  public static Builder builder(String stream, List<String> files) {
    return new Builder(stream, files);
  }

  /** Collects options one by one. Not thread-safe. */
  public static final class Builder {
    private final String stream;
    private final List<String> files;
    private Optional<Format> format = Optional.empty();
    private String site = DEFAULT_SITE;
    private String device = DEVICE_OF_FILE;
    private Optional<String> deviceColumn = Optional.empty();
    private Charset charset = StandardCharsets.UTF_8;
    private Optional<Character> delimiter = Optional.empty();
    private Optional<String> timeColumn = Optional.empty();
    private Optional<String> timeFormat = Optional.empty();
    private ZoneId zone = ZoneOffset.UTC;
    private Optional<Instant> start = Optional.empty();
    private Optional<Duration> interval = Optional.empty();
    private List<String> channels = List.of();
    private Optional<List<String>> labels = Optional.empty();
    private int sizeRows = DEFAULT_SIZE_ROWS;
    private int hopRows = DEFAULT_SIZE_ROWS;
    private boolean skipBadRows;
    private OptionalLong limit = OptionalLong.empty();
    private long passes = 1;

    private Builder(String stream, List<String> files) {
      this.stream = stream;
      this.files = files;
    }

    public Builder format(Format value) {
      format = Optional.of(value);
      return this;
    }

    /** How often the files are replayed; {@link #FOR_EVER} for no end. */
    public Builder passes(long value) {
      passes = value;
      return this;
    }

    public Builder site(String value) {
      site = value;
      return this;
    }

    public Builder device(String value) {
      device = value;
      return this;
    }

    public Builder deviceColumn(String value) {
      deviceColumn = Optional.of(value);
      return this;
    }

    public Builder charset(Charset value) {
      charset = value;
      return this;
    }

    public Builder delimiter(char value) {
      delimiter = Optional.of(value);
      return this;
    }

    public Builder timeColumn(String value) {
      timeColumn = Optional.of(value);
      return this;
    }

    public Builder timeFormat(String value) {
      timeFormat = Optional.of(value);
      return this;
    }

    public Builder zone(ZoneId value) {
      zone = value;
      return this;
    }

    public Builder start(Instant value) {
      start = Optional.of(value);
      return this;
    }

    public Builder interval(Duration value) {
      interval = Optional.of(value);
      return this;
    }

    public Builder channels(List<String> value) {
      channels = value;
      return this;
    }

    public Builder labels(List<String> value) {
      labels = Optional.of(value);
      return this;
    }

    /** Rows of one window, and rows from the beginning of one window to that of the next. */
    public Builder window(int size, int hop) {
      sizeRows = size;
      hopRows = hop;
      return this;
    }

    public Builder skipBadRows(boolean value) {
      skipBadRows = value;
      return this;
    }

    public Builder limit(long value) {
      limit = OptionalLong.of(value);
      return this;
    }

    /** Throws {@link ConfigException} for options that cannot be. */
    public ReplayOptions build() {
      return new ReplayOptions(
          files,
          format,
          stream,
          site,
          device,
          deviceColumn,
          charset,
          delimiter,
          timeColumn,
          timeFormat,
          zone,
          start,
          interval,
          channels,
          labels,
          sizeRows,
          hopRows,
          skipBadRows,
          limit,
          passes);
    }
  }
}
