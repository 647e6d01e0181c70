package dev.skerry.ingest;

import dev.skerry.ingest.publish.Destination;
import dev.skerry.ingest.publish.Progress;
import dev.skerry.ingest.publish.Publication;
import dev.skerry.ingest.publish.Speed;
import dev.skerry.ingest.replay.ReplayCounts;
import dev.skerry.ingest.replay.RowReplay;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import dev.skerry.service.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Files of rows as devices. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Sends files of rows (CSV, JSON lines, Parquet) as the telemetry of devices: columns are"
          + " channels, rows become windows of readings.",
      "The columns and first rows of all files are checked before the first record is sent. Records"
          + " of several files go out in the order of their event times."
    })
public final class ReplayCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // The command line sets it.
  @Spec
  private CommandSpec spec;

  @Mixin private RowOptions rows = new RowOptions();
  @Mixin private DestinationOptions destination = new DestinationOptions();

  @Override
  public Integer call() throws InterruptedException {
    Function<RowReplay, Publication> publication = publication();
    try (RowReplay replay = RowReplay.open(rows.toReplay(stream()))) {
      err().println("replay: " + replay.description());
      err().flush();
      Publication running = publication.apply(replay);
      PublicationRun.run(running, () -> report(running, replay));
    }
    return ExitCode.OK;
  }

  private String stream() {
    return rows.stream()
        .orElseThrow(
            () -> new ConfigException("Name the kind of signal with --stream, for example pump"));
  }

  /** Checks the destination before any file is opened. */
  private Function<RowReplay, Publication> publication() {
    Optional<Path> file = destination.file();
    if (file.isPresent()) {
      if (rows.speed().isPresent()) {
        throw new ConfigException("--speed is for Kafka, --to writes a file; give one of them");
      }
      Destination target = Destination.avroFile(file.get());
      return replay -> Publication.atOnce(replay, target, progress(replay));
    }
    Destination target = destination.live(List.of(Topics.TELEMETRY));
    Speed speed = rows.speed().orElse(Speed.RECORDED);
    if (rows.speed().isEmpty() && destination.showsProgress()) {
      err().println("replay: as fast as it was recorded; --speed max sends all at once");
    }
    return replay -> Publication.atSpeed(replay, target, speed, progress(replay));
  }

  private Progress progress(RowReplay replay) {
    return destination.showsProgress()
        ? Progress.to(err(), Terminal.isPresent(), replay::fractionRead)
        : Progress.none();
  }

  private void report(Publication publication, RowReplay replay) {
    PrintWriter out = spec.commandLine().getOut();
    ReplayCounts counts = replay.counts();
    out.println("replay: " + publication.published().summary() + tail(counts));
    counts
        .firstSkipped()
        .ifPresent(
            why ->
                out.println(
                    "replay: " + counts.skippedRows() + " bad rows skipped; the first: " + why));
    out.flush();
  }

  private static String tail(ReplayCounts counts) {
    return counts.tailRows() == 0
        ? ""
        : "; " + counts.tailRows() + " rows at the ends of files filled no window";
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
