package dev.skerry.ingest.replay;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.apache.avro.generic.PrimitivesArrays;

/**
 * Files of rows as telemetry: windows of all files in the order of their event times (and of the
 * files where those are equal). Sequences count a device's windows from 0, so the same files give
 * the same sequences; where they are replayed again, sequences and times go on. A file is opened
 * when its first row is due; memory is one window and some buffers per open file, however long the
 * files. Not thread-safe.
 *
 * <p>{@link #next} and {@link #hasNext} throw {@link InputException} for a row that cannot be read
 * (unless such rows are skipped), and at the end where not one window was full.
 */
public final class RowReplay implements Iterator<Telemetry>, AutoCloseable {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ReplayOptions options;
  private final ReplayPlan plan;
  private final RowTally tally = new RowTally();
  private final Deque<RowFile> waiting = new ArrayDeque<>();
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparingLong(Head::endNanos).thenComparingInt(Head::order));
  private final Map<String, Long> nextSequenceByDevice = new HashMap<>();
  private final Seam seam = new Seam();
  private long emitted;
  private long pass = 1;
  private long closedBytes;

  /** An open file and its next window. */
  private record Head(RowTrack track, int order, RowTrack.DeviceWindow window) {
    long endNanos() {
      return window.window().endNanos();
    }
  }

  private RowReplay(ReplayOptions options, ReplayPlan plan) {
    this.options = options;
    this.plan = plan;
    queueFiles();
  }

  private void queueFiles() {
    plan.files().stream()
        .sorted(Comparator.comparingLong(RowFile::firstNanos))
        .forEach(waiting::add);
  }

  /**
   * Checks the headers and first rows of all files.
   *
   * @throws InputException for files that cannot be replayed as asked
   */
  public static RowReplay open(ReplayOptions options) {
    return open(options, System.in);
  }

  static RowReplay open(ReplayOptions options, InputStream standardInput) {
    return new RowReplay(options, ReplayPlan.of(options, standardInput));
  }

  /** The columns that become channels, in the order of {@link Readings}. */
  public List<String> channels() {
    return plan.roles().channels();
  }

  /** What was found in the files, for people, in one line. */
  public String description() {
    ColumnRoles roles = plan.roles();
    String time =
        roles
            .time()
            .map(c -> c + " (" + plan.times().format().orElseThrow().name() + ")")
            .orElse("none");
    return plan.files().size()
        + (plan.files().size() == 1 ? " file" : " files")
        + "; channels: "
        + String.join(", ", roles.channels())
        + "; time: "
        + time
        + "; labels: "
        + (roles.labels().isEmpty() ? "none" : String.join(", ", roles.labels()))
        + roles.device().map(c -> "; device: " + c).orElse("")
        + (roles.ignored().isEmpty() ? "" : "; not used: " + String.join(", ", roles.ignored()));
  }

  /** What became of the rows so far. */
  public ReplayCounts counts() {
    return tally.counts();
  }

  /** How much of all files was read in this pass, 0 to 1; empty for standard input. */
  public OptionalDouble fractionRead() {
    long total = plan.files().stream().mapToLong(RowFile::sizeBytes).sum();
    long open = heads.stream().mapToLong(head -> head.track().bytesRead()).sum();
    return total == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.min(1, (double) (closedBytes + open) / total));
  }

  @Override
  public boolean hasNext() {
    if (options.limit().isPresent() && emitted >= options.limit().getAsLong()) {
      return false;
    }
    openWhatIsDue();
    if (heads.isEmpty() && emitted > 0 && pass < options.passes()) {
      pass++;
      closedBytes = 0;
      seam.pass();
      queueFiles();
      openWhatIsDue();
    }
    if (heads.isEmpty() && emitted == 0) {
      throw new InputException(
          "Not one window was full: a window has "
              + options.sizeRows()
              + " rows (--size), the longest file has "
              + tally.longestRows());
    }
    return !heads.isEmpty();
  }

  @Override
  public Telemetry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Head head = heads.remove();
    advance(head.track(), head.order());
    emitted++;
    return telemetry(head.window().device(), head.window().window());
  }

  @Override
  public void close() {
    waiting.clear();
    heads.forEach(head -> head.track().close());
    heads.clear();
  }

  private void openWhatIsDue() {
    while (!waiting.isEmpty() && firstWaitingIsDue()) {
      RowFile file = waiting.remove();
      advance(new RowTrack(file, plan, options, tally), plan.files().indexOf(file));
    }
  }

  private boolean firstWaitingIsDue() {
    return heads.isEmpty() || waiting.element().firstNanos() <= heads.element().endNanos();
  }

  private void advance(RowTrack track, int order) {
    Optional<RowTrack.DeviceWindow> window;
    try {
      window = track.next();
    } catch (InputException e) {
      track.close();
      throw e;
    }
    if (window.isPresent()) {
      heads.add(new Head(track, order, window.get()));
    } else {
      closedBytes += track.bytesRead();
      track.close();
    }
  }

  private Telemetry telemetry(String device, Window window) {
    long sequence = nextSequenceByDevice.merge(device, 1L, Long::sum) - 1;
    long endNanos = seam.place(device, window.endNanos(), stepNanos(window));
    return Telemetry.newBuilder()
        .setDeviceId(device)
        .setSiteId(options.site())
        .setStream(options.stream())
        .setEventTime(Instant.ofEpochMilli(Math.floorDiv(endNanos, NANOS_PER_MILLI)))
        .setSequence(sequence)
        .setAttributes(attributes(window.labels()))
        .setPayload(
            new Readings(
                channels().size(),
                options.sizeRows(),
                window.sampleRateHz(),
                floats(window.values())))
        .build();
  }

  /** Windows of rows that are not evenly spaced are a moment apart where nothing else is known. */
  private long stepNanos(Window window) {
    return window.sampleRateHz() > 0
        ? (long) (options.hopRows() * 1e9 / window.sampleRateHz())
        : NANOS_PER_MILLI;
  }

  private Map<String, String> attributes(List<Optional<String>> labels) {
    Map<String, String> attributes = new HashMap<>();
    IntStream.range(0, labels.size())
        .forEach(
            i ->
                labels
                    .get(i)
                    .ifPresent(l -> attributes.put("label." + plan.roles().labels().get(i), l)));
    return attributes;
  }

  private static List<Float> floats(float[] values) {
    PrimitivesArrays.FloatArray list =
        new PrimitivesArrays.FloatArray(
            values.length, Readings.getClassSchema().getField("values").schema());
    for (int i = 0; i < values.length; i++) {
      list.add(i, values[i]);
    }
    return list;
  }
}
