package dev.skerry.local;

import dev.skerry.ingest.DurationConverter;
import dev.skerry.local.loop.LoopStart;
import dev.skerry.local.loop.LoopWatch;
import dev.skerry.local.loop.RetrainingLoop;
import dev.skerry.local.replay.ReplayModel;
import dev.skerry.local.replay.ReplayRequest;
import dev.skerry.local.site.RunReport;
import dev.skerry.local.site.SiteOverflow;
import dev.skerry.local.site.SiteParts;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.site.SiteSettings;
import dev.skerry.local.site.Sites;
import dev.skerry.local.supervise.PartFailure;
import dev.skerry.local.supervise.Signals;
import dev.skerry.local.terminal.Console;
import dev.skerry.service.ExitCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skerry up}: a whole site on this machine, until Ctrl-C or for a given time. */
@Command(
    name = "up",
    description = {
      "Starts a site: an edge and a cloud broker, the mirror between them, all services, and a",
      "simulated fleet of machines and cameras, or your own files. Stops cleanly on Ctrl-C, with a",
      "summary.",
      "Data stays: the next start goes on from there."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    modelTransformer = PortOptions.class)
final class UpCommand implements Callable<Integer> {

  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(30);
  private static final int DEFAULT_CAMERAS = 3;

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = {
        "Run that long (60s, 5m, 2h), then stop and sum up; exit code 1 if it does not add up.",
        "A replay that is over and answered ends it earlier."
      })
  private Duration runFor = Duration.ZERO;

  @Option(
      names = "--replay",
      arity = "1..*",
      paramLabel = "FILE",
      description = {
        "Your own files in place of the simulated fleet: CSV, JSON lines or Parquet, globs or",
        "directories. As fast as they are read, or with -- --speed recorded as they were",
        "measured. Without --model an anomaly model is fitted on their first rows."
      })
  private List<String> replay = List.of();

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = {
        "A model with its contract inside (.onnx) to serve in place of the default; again for",
        "another stream."
      })
  private List<Path> models = List.of();

  @Option(
      names = "--sites",
      paramLabel = "N",
      description = {
        "So many sites that share one cloud, up to 9 (default: 1). The first is called local, the"
            + " next",
        "local-2, and so on; its ports are each 10 above those of the one before."
      })
  private int sites = 1;

  @Option(
      names = "--no-loop",
      description = {
        "With a model that knows all faults. Else a simulated fleet has one that the first model"
            + " does not",
        "know, and the site learns it: samples, labels, a dataset, a training, the gate, a release."
      })
  private boolean withoutLoop;

  @Option(
      names = "--no-cloud",
      description = "The site alone: no cloud broker, no mirror, and nothing leaves it.")
  private boolean withoutCloud;

  @Option(
      names = "--no-warehouse",
      description = "Without tables of what reaches the cloud, for skerry sql to ask about.")
  private boolean withoutWarehouse;

  @Option(
      names = "--secure",
      description = {
        "TLS everywhere, nobody without a certificate, and ACLs for each service. Its data has",
        "the certificates (certificates/) and settings for clients of your own (clients/)."
      })
  private boolean secure;

  @Option(
      names = "--overflow",
      paramLabel = "SHARE",
      description = {
        "Leave the telemetry of this share of the devices (0.5 for half of them) to the cloud"
            + " while",
        "the site is behind."
      })
  private Optional<Double> overflow = Optional.empty();

  @Option(
      names = "--overflow-after",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "5s",
      description = "How long telemetry must have waited for that (default: 5s).")
  private Duration overflowAfter = Duration.ofSeconds(5);

  @Option(
      names = "--overflow-stream",
      paramLabel = "NAME",
      defaultValue = "vibration",
      description = "Which streams may overflow (default: vibration).")
  private List<String> overflowStreams = List.of();

  @Option(
      names = "--cameras",
      paramLabel = "N",
      description = {
        "Simulated cameras beside the fleet, each with a frame a second (default: 3; with --model",
        "or --replay 0)."
      })
  private Optional<Integer> cameras = Optional.empty();

  @SuppressWarnings("NullAway.Init") // The command line sets it.
  @Spec
  private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "-- OPTION",
      description = {
        "After --: options of ingest simulate, or of ingest replay with --replay, for example",
        "  skerry up --replay pump.csv -- --time-column datetime --size 60 --speed recorded"
      })
  private List<String> sourceOptions = List.of();

  @Override
  public Integer call() throws InterruptedException {
    Console console = Console.standard();
    StopRequest stop = new StopRequest();
    requireSense();
    Signals.on("INT", stop::request);
    Signals.on("TERM", stop::request);
    SiteSettings settings = chosen(replay.isEmpty() ? simulated() : replayed(console));
    SitesLine line = new SitesLine(console::status, new LoopWatch(settings.files(), console::line));
    try (Sites running = Sites.start(settings, sites, console::line, line)) {
      boolean finished = awaitEnd(running, stop, new LoopStart(settings));
      if (running.failure().isDone()) {
        return failed(running.failure().join());
      }
      console.line(
          (finished ? "The replay is over" : "Stopping")
              + "; what is on its way is still answered and mirrored");
      running.first().supervisor().stop(SiteParts.RETRAIN);
      return summedUp(running.drain(DRAIN_PATIENCE), console);
    }
  }

  /** What can be told before anything is started. */
  private void requireSense() {
    data.files().create();
    if (cameras.filter(count -> count < 0).isPresent()) {
      throw new SiteRefusedException("--cameras is " + cameras.get() + ": give 0 or more");
    }
  }

  private static int summedUp(Map<String, RunReport> reports, Console console) {
    reports.forEach(
        (site, report) -> {
          if (reports.size() > 1) {
            console.line(site + ":");
          }
          console.line(report.describe());
        });
    return reports.values().stream().allMatch(RunReport::addsUp) ? ExitCode.OK : ExitCode.FAILED;
  }

  /** What the options say besides. */
  private SiteSettings chosen(SiteSettings site) {
    if (sites > 1 && (withoutCloud || !replay.isEmpty())) {
      throw new SiteRefusedException(
          "--sites shares a cloud among simulated fleets; leave out --no-cloud and --replay");
    }
    SiteSettings connected = withoutCloud ? site.withoutCloud() : site;
    if (learns()) {
      connected = connected.learning();
    }
    SiteSettings settings = secure ? connected.secured() : connected;
    if (!withoutWarehouse) {
      settings = settings.withWarehouse();
    }
    return overflowing(settings);
  }

  private SiteSettings overflowing(SiteSettings settings) {
    return overflow
        .map(
            share -> settings.withOverflow(new SiteOverflow(share, overflowStreams, overflowAfter)))
        .orElse(settings);
  }

  /** With machines, models and labels of its own; others have theirs. */
  private boolean learns() {
    return !withoutLoop && !withoutCloud && replay.isEmpty() && models.isEmpty();
  }

  /** True where a replay was over before the time was. */
  private boolean awaitEnd(Sites site, StopRequest stop, LoopStart loop)
      throws InterruptedException {
    long deadlineNanos = runFor.isZero() ? Long.MAX_VALUE : System.nanoTime() + runFor.toNanos();
    while (!stop.within(Duration.ofMillis(100))
        && !site.failure().isDone()
        && System.nanoTime() < deadlineNanos) {
      loop.look(site.first());
      if (!runFor.isZero() && site.sourceFinished().isDone()) {
        return true;
      }
    }
    return false;
  }

  private SiteSettings simulated() {
    return new SiteSettings(
        data.files(),
        PortOptions.chosen(spec),
        new SiteSettings.Source.Simulated(simulation()),
        learns() ? RetrainingLoop.models(data.files()) : NamedModels.all(models, data.files()));
  }

  private List<String> simulation() {
    int count = cameras.orElse(models.isEmpty() ? DEFAULT_CAMERAS : 0);
    boolean isSaidAlready =
        sourceOptions.stream().anyMatch(option -> option.matches("--cameras(=.*)?"));
    List<String> options =
        learns() && sourceOptions.isEmpty() ? RetrainingLoop.SIMULATION : sourceOptions;
    if (isSaidAlready || count == 0) {
      return options;
    }
    return Stream.concat(Stream.of("--cameras", Integer.toString(count)), options.stream())
        .toList();
  }

  private SiteSettings replayed(Console console) {
    if (cameras.isPresent()) {
      throw new SiteRefusedException("--cameras is for the simulated fleet; leave out --replay");
    }
    ReplayRequest asked = new ReplayRequest(sourceOptions, replay);
    ReplayModel answering =
        models.isEmpty()
            ? ReplayModel.fitted(data.files().root().resolve("models/fitted.onnx"), asked)
            : ReplayModel.given(NamedModels.only(models), asked);
    console.line(answering.explanation());
    return new SiteSettings(
        data.files(),
        PortOptions.chosen(spec),
        new SiteSettings.Source.Replayed(answering.request().arguments()),
        List.of(answering.file()));
  }

  private static int failed(PartFailure failure) {
    System.err.println(failure.describe());
    return failure.exitCode() == ExitCode.USAGE ? ExitCode.USAGE : ExitCode.FAILED;
  }
}
