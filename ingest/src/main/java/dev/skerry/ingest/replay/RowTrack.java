package dev.skerry.ingest.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The windows of one file, one after the other; a window never takes rows of two devices or two
 * files. Not thread-safe.
 */
final class RowTrack implements AutoCloseable {

  private final Rows rows;
  private final RowReader reader;
  private final ReplayPlan plan;
  private final ReplayOptions options;
  private final RowTally tally;
  private final Map<String, Windower> windowerByDevice = new HashMap<>();

  /** A window and the device that it is of. */
  record DeviceWindow(String device, Window window) {}

  RowTrack(RowFile file, ReplayPlan plan, ReplayOptions options, RowTally tally) {
    this.plan = plan;
    this.options = options;
    this.tally = tally;
    this.rows = RowSource.open(file.input(), file.format(), options);
    this.reader =
        new RowReader(
            file.input(), file.format(), rows.header(), file.device(), plan.roles(), plan.times());
  }

  /**
   * The next window; empty at the end of the file.
   *
   * @throws InputException for a row that cannot be read, unless such rows are skipped
   */
  Optional<DeviceWindow> next() {
    for (Optional<Rows.Row> row = rows.next(); row.isPresent(); row = rows.next()) {
      RowReader.Outcome outcome = reader.read(row.get());
      if (outcome instanceof RowReader.Outcome.Bad bad) {
        skipOrThrow(bad);
      } else if (outcome instanceof RowReader.Outcome.Read read) {
        tally.read();
        String device = read.reading().device();
        Optional<Window> window = windower(device).add(read.reading());
        if (window.isPresent()) {
          return Optional.of(new DeviceWindow(device, window.get()));
        }
      }
    }
    windowerByDevice.values().forEach(w -> tally.ended(w.rows(), w.tailRows()));
    windowerByDevice.clear();
    return Optional.empty();
  }

  long bytesRead() {
    return rows.bytesRead();
  }

  @Override
  public void close() {
    rows.close();
  }

  private void skipOrThrow(RowReader.Outcome.Bad bad) {
    if (!options.skipBadRows()) {
      throw new InputException(bad.why() + "; correct it, or skip such rows with --skip-bad-rows");
    }
    tally.skipped(bad.why());
  }

  private Windower windower(String device) {
    return windowerByDevice.computeIfAbsent(
        device,
        name ->
            new Windower(
                plan.roles().channels().size(),
                plan.roles().labels().size(),
                options.sizeRows(),
                options.hopRows()));
  }
}
