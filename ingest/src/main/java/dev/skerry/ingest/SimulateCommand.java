package dev.skerry.ingest;

import dev.skerry.ingest.publish.Progress;
import dev.skerry.ingest.publish.Publication;
import dev.skerry.ingest.simulate.VibrationFleet;
import dev.skerry.service.ConfigException;
import dev.skerry.service.ExitCode;
import dev.skerry.service.KafkaSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A simulated fleet of rotating machines, live into Kafka or as a labelled file. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Sends the vibration of a simulated fleet of rotating machines, with the truth in the"
          + " attributes label.fault and label.severity.",
      "To Kafka, event times are those of the wall clock; to a file, time is simulated."
    })
public final class SimulateCommand implements Callable<Integer> {

  private static final Instant DEFAULT_FILE_START = Instant.parse("2026-01-01T00:00:00Z");

  @SuppressWarnings("NullAway.Init") // The command line sets it.
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "To Kafka: end after so long (default: runs until it is stopped).")
  private Optional<Duration> duration = Optional.empty();

  @Option(
      names = "--windows",
      paramLabel = "N",
      description = "To a file: windows of each machine (default: 100).")
  private Optional<Long> windows = Optional.empty();

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description = "To a file: the first event time (default: 2026-01-01T00:00:00Z).")
  private Optional<Instant> start = Optional.empty();

  @Mixin private FleetOptions options = new FleetOptions();
  @Mixin private DestinationOptions destination = new DestinationOptions();

  @Override
  public Integer call() throws InterruptedException {
    Optional<Path> file = destination.file();
    Publication publication = file.isPresent() ? toFile(file.get()) : live(destination.kafka());
    PublicationRun.run(publication, () -> report(publication));
    return ExitCode.OK;
  }

  private Publication toFile(Path file) {
    if (duration.isPresent()) {
      throw new ConfigException("--duration is for Kafka; say --windows N for a file");
    }
    VibrationFleet fleet =
        options.fleet(
            start.orElse(DEFAULT_FILE_START), FleetOptions.Life.MIXED, windows.orElse(100L));
    return Publication.toFile(fleet.iterator(), file, progress());
  }

  private Publication live(KafkaSettings kafka) {
    if (windows.isPresent() || start.isPresent()) {
      throw new ConfigException("--windows and --start are for a file; say --duration for Kafka");
    }
    VibrationFleet fleet =
        options.fleet(LiveFleet.BEGINNING, FleetOptions.Life.LIVE, VibrationFleet.UNBOUNDED);
    return Publication.liveToKafka(
        new LiveFleet(fleet, Instant.now(), duration), kafka, progress());
  }

  private Progress progress() {
    return destination.showsProgress()
        ? Progress.to(spec.commandLine().getErr(), Terminal.isPresent(), OptionalDouble::empty)
        : Progress.none();
  }

  private void report(Publication publication) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("simulate: " + publication.published().summary());
    out.flush();
  }
}
