package dev.skerry.ingest;

import dev.skerry.ingest.publish.Progress;
import dev.skerry.ingest.publish.Publication;
import dev.skerry.ingest.publish.Speed;
import dev.skerry.ingest.replay.CsvReplay;
import dev.skerry.ingest.replay.ReplayCounts;
import dev.skerry.service.ConfigException;
import dev.skerry.service.ExitCode;
import dev.skerry.service.KafkaSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** CSV files as devices. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Sends CSV files as the telemetry of devices: columns are channels, rows become windows of"
          + " readings.",
      "The headers and first rows of all files are checked before the first record is sent. Records"
          + " of several files go out in the order of their event times."
    })
public final class ReplayCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // The command line sets it.
  @Spec
  private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILES",
      description = "CSV files with a header line, directories of *.csv, or quoted globs.")
  private List<String> files = List.of();

  @Option(
      names = "--stream",
      required = true,
      paramLabel = "NAME",
      description = "The kind of signal, for example pump; it selects the model.")
  private String stream = "";

  @Option(
      names = "--speed",
      paramLabel = "SPEED",
      converter = SpeedConverter.class,
      description =
          "recorded (by the event times), a factor of it such as 10x, or max (default: recorded)."
              + " A file is always written as fast as possible.")
  private Optional<Speed> speed = Optional.empty();

  @Mixin private CsvOptions csv = new CsvOptions();
  @Mixin private DestinationOptions destination = new DestinationOptions();

  @Override
  public Integer call() throws InterruptedException {
    Function<CsvReplay, Publication> publication = publication();
    try (CsvReplay replay = CsvReplay.open(csv.toReplay(stream, files))) {
      err().println("replay: " + replay.description());
      err().flush();
      Publication running = publication.apply(replay);
      PublicationRun.run(running, () -> report(running, replay));
    }
    return ExitCode.OK;
  }

  /** Checks the destination before any file is opened. */
  private Function<CsvReplay, Publication> publication() {
    Optional<Path> file = destination.file();
    if (file.isPresent()) {
      if (speed.isPresent()) {
        throw new ConfigException("--speed is for Kafka, --to writes a file; give one of them");
      }
      return replay -> Publication.toFile(replay, file.get(), progress(replay));
    }
    KafkaSettings kafka = destination.kafka();
    return replay ->
        Publication.toKafka(replay, kafka, speed.orElse(Speed.RECORDED), progress(replay));
  }

  private Progress progress(CsvReplay replay) {
    return destination.showsProgress()
        ? Progress.to(err(), Terminal.isPresent(), () -> OptionalDouble.of(replay.fractionRead()))
        : Progress.none();
  }

  private void report(Publication publication, CsvReplay replay) {
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
