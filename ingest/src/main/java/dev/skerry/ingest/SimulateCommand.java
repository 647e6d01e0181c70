package dev.skerry.ingest;

import dev.skerry.ingest.publish.Destination;
import dev.skerry.ingest.publish.Progress;
import dev.skerry.ingest.publish.Publication;
import dev.skerry.ingest.simulate.Fleet;
import dev.skerry.ingest.simulate.VibrationFleet;
import dev.skerry.ingest.simulate.pump.PumpFleet;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import dev.skerry.service.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Simulated machines and cameras, live into Kafka or as labelled files. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Sends the vibration of a simulated fleet of rotating machines and the readings of pumps,"
          + " with the truth in the attributes label.fault and label.severity, and the frames of cameras over parts with"
          + " surface defects, with the truth in label.defect.",
      "To Kafka or a gateway, event times are those of the wall clock; to a file, time is simulated."
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
  @Mixin private CameraOptions cameras = new CameraOptions();
  @Mixin private DestinationOptions destination = new DestinationOptions();

  @Override
  public Integer call() throws InterruptedException {
    Publication publication = publication();
    PublicationRun.run(publication, () -> report(publication));
    return ExitCode.OK;
  }

  private Publication publication() {
    if (cameras.images().isPresent()) {
      return toImages(cameras.images().get());
    }
    Optional<Path> file = destination.file();
    return file.isPresent() ? toFile(file.get()) : live();
  }

  private Publication toImages(Path directory) {
    if (destination.isNamed()
        || options.namesMachines()
        || options.wantsPumps()
        || windows.isPresent()) {
      throw new ConfigException(
          "--images writes the frames of cameras and nothing else; leave --bootstrap, --config,"
              + " --to, --machines and --windows out");
    }
    requireSimulatedTime();
    return Publication.atOnce(
        cameras.labelled(options, start.orElse(DEFAULT_FILE_START)).iterator(),
        Destination.images(directory),
        progress());
  }

  private Publication toFile(Path file) {
    requireSimulatedTime();
    Instant from = start.orElse(DEFAULT_FILE_START);
    List<Iterator<Telemetry>> sources = new ArrayList<>();
    if (wantsMachines()) {
      sources.add(options.fleet(from, FleetOptions.Life.MIXED, windows.orElse(100L)).iterator());
    }
    if (options.wantsPumps()) {
      sources.add(options.pumps(from, FleetOptions.Life.MIXED, windows.orElse(100L)).iterator());
    }
    if (cameras.isWanted()) {
      sources.add(cameras.labelled(options, from).iterator());
    }
    return Publication.atOnce(new Merged(sources), Destination.avroFile(file), progress());
  }

  private void requireSimulatedTime() {
    if (duration.isPresent()) {
      throw new ConfigException("--duration is for Kafka; say --windows or --frames for a file");
    }
  }

  private Publication live() {
    if (windows.isPresent() || start.isPresent() || cameras.hasFrameCount()) {
      throw new ConfigException(
          "--windows, --frames and --start are for a file; say --duration for Kafka");
    }
    Instant now = Instant.now();
    List<Topic> topics = new ArrayList<>();
    List<Iterator<Telemetry>> sources = new ArrayList<>();
    if (wantsMachines()) {
      topics.add(Topics.TELEMETRY);
      sources.add(live(machines(), now));
    }
    if (options.wantsPumps()) {
      if (!wantsMachines()) {
        topics.add(Topics.TELEMETRY);
      }
      sources.add(live(pumps(), now));
    }
    if (cameras.isWanted()) {
      topics.add(Topics.TELEMETRY_FRAMES);
      sources.add(live(cameras.live(options, LiveFleet.BEGINNING), now));
    }
    return Publication.live(new Merged(sources), destination.live(topics), progress());
  }

  private LiveFleet live(Fleet fleet, Instant now) {
    return new LiveFleet(fleet, now, duration);
  }

  private VibrationFleet machines() {
    return options.fleet(LiveFleet.BEGINNING, FleetOptions.Life.LIVE, VibrationFleet.UNBOUNDED);
  }

  private PumpFleet pumps() {
    return options.pumps(LiveFleet.BEGINNING, FleetOptions.Life.LIVE, VibrationFleet.UNBOUNDED);
  }

  /** No machines are fine where there are others; if not, the fleet says what is wrong. */
  private boolean wantsMachines() {
    return options.isWanted() || !(cameras.isWanted() || options.wantsPumps());
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
