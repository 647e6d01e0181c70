package dev.skerry.bench.prove;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.bench.link.Disruption;
import dev.skerry.bench.link.Disruptions;
import dev.skerry.bench.process.WorkDirectory;
import dev.skerry.bench.prove.budgets.BudgetsProof;
import dev.skerry.bench.prove.ledger.LedgerProof;
import dev.skerry.bench.prove.loop.LoopProof;
import dev.skerry.bench.prove.warehouse.WarehouseProof;
import dev.skerry.service.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench/prove NAME}: tries a promise and prints what was counted as JSON. */
@Command(
    name = "prove",
    description = "Tries a promise and prints what it counted as JSON.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ProveCommand implements Callable<Integer> {

  /** The JVM in which {@code ./skerry up} runs the processor. */
  static final List<String> JVM = List.of("-Xmx384m", "-XX:+UseSerialGC", "-Xshare:auto");

  private static final Duration LOOP_PATIENCE = Duration.ofMinutes(10);

  private static final List<String> NAMES =
      List.of(
          "kill-inference",
          "takeover",
          "inference-memory",
          "swaps",
          "release-cut",
          "aggregates",
          "kill-aggregator",
          "aggregator-recovery",
          "budgets",
          "ledger",
          "mqtt-connections",
          "ingest-outage",
          "answer-latency",
          "link",
          "link-brokers",
          "link-outage",
          "link-urgent",
          "link-bytes",
          "sites",
          "loop",
          "warehouse");

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      description =
          "Which promise: kill-inference, takeover, inference-memory, swaps, release-cut,"
              + " aggregates, kill-aggregator, aggregator-recovery, budgets, ledger,"
              + " mqtt-connections, ingest-outage, answer-latency, link, link-brokers, link-outage, link-urgent, link-bytes,"
              + " sites, loop, warehouse.")
  private String name = "";

  @Option(names = "--seed", description = "Of moments, model and telemetry (default: 1).")
  private long seed = 1;

  @Option(
      names = "--times",
      description =
          "How often to kill or to swap, 1 and up (default: 50; takeover, sites: 3; swaps: 100;"
              + " release-cut: 6; kill-aggregator, budgets, ledger: 20); how often link cuts (100, and a kill for each"
              + " fifth), link-brokers and warehouse kill (10).")
  private @Nullable Integer times;

  @Option(
      names = "--records",
      description =
          "How many records inference-memory answers (default: 10000000), how many detections"
              + " aggregates and aggregator-recovery read, how many rows warehouse makes of a"
              + " backlog (default: 1000000).")
  private @Nullable Long records;

  @Option(
      names = "--devices",
      description =
          "How many devices send in mqtt-connections and ingest-outage (default: 1000), and in"
              + " answer-latency (default: 50).")
  private @Nullable Integer devices;

  @Option(
      names = "--rate",
      description = "How many records a second flow in swaps (default: 5000).")
  private int rate = 5_000;

  @Option(names = "--sites", description = "How many sites share the cloud in sites (default: 3).")
  private int sites = 3;

  @Option(
      names = "--idle",
      description = "How many devices are only connected in mqtt-connections (default: 10000).")
  private int idle = 10_000;

  @Option(
      names = "--seconds",
      description =
          "How long devices send in mqtt-connections and answer-latency, the broker is stopped in"
              + " ingest-outage, the link is cut in link-outage, the registry is away in"
              + " warehouse, or each part of link-urgent and"
              + " link-bytes is measured (default: 60).")
  private int seconds = 60;

  @Option(
      names = "--hours",
      description =
          "How many hours pass in the seconds for which the link is cut in link-outage"
              + " (default: 0, no more than the seconds).")
  private int hours;

  @Option(
      names = "--mebibytes",
      description = "How much bulk waits in link-urgent (default: 1024).")
  private int mebibytes = 1_024;

  @Option(
      names = "--edge",
      description = "The broker of the site that link-bytes reads (default: 127.0.0.1:19092).")
  private String edge = "127.0.0.1:19092";

  @Override
  public Integer call() throws IOException, InterruptedException {
    require(NAMES.contains(name), "There is no promise called " + name + "; there are " + NAMES);
    require(times == null || times >= 1, "--times is " + times + ": give 1 or more");
    require(records == null || records >= 1, "--records is " + records + ": give 1 or more");
    require(devices == null || devices >= 1, "--devices is " + devices + ": give 1 or more");
    require(idle >= 0, "--idle is " + idle + ": give 0 or more");
    require(rate >= 1, "--rate is " + rate + ": give 1 or more");
    require(mebibytes >= 1, "--mebibytes is " + mebibytes + ": give 1 or more");
    require(sites >= 2 && sites <= 9, "--sites is " + sites + ": give 2 to 9");
    require(hours >= 0, "--hours is " + hours + ": give 0 or more");
    require(seconds >= 1, "--seconds is " + seconds + ": give 1 or more");
    WorkDirectory directory = WorkDirectory.create();
    System.err.println("Data and logs are in " + directory.path());
    Proof proof = prove(directory);
    System.out.println(
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(proof));
    if (!proof.holds()) {
      return ExitCode.FAILED;
    }
    directory.delete();
    return ExitCode.OK;
  }

  private Proof prove(WorkDirectory directory) throws InterruptedException {
    return switch (name) {
      case "takeover" ->
          new Takeover(directory.path(), seed, timesOr(3), System.err::println).run();
      case "swaps" ->
          new ModelSwaps(directory.path(), seed, timesOr(100), rate, System.err::println).run();
      case "release-cut" ->
          new ReleaseCut(directory.path(), seed, timesOr(6), System.err::println).run();
      case "inference-memory" ->
          new InferenceMemory(directory.path(), seed, recordsOr(10_000_000), System.err::println)
              .run();
      case "aggregates" ->
          new AggregatorProof(directory.path(), seed, System.err::println)
              .backlog(recordsOr(1_000_000));
      case "kill-aggregator" ->
          new AggregatorProof(directory.path(), seed, System.err::println).kills(timesOr(20));
      case "aggregator-recovery" ->
          new AggregatorRecovery(directory.path(), seed, System.err::println)
              .run(recordsOr(1_000_000));
      case "budgets" ->
          new BudgetsProof(directory.path(), seed, timesOr(20), System.err::println).run();
      case "ledger" ->
          new LedgerProof(directory.path(), seed, timesOr(20), System.err::println).run();
      case "mqtt-connections" ->
          new MqttConnections(
                  directory.path(), idle, devicesOr(1_000), seconds, System.err::println)
              .run();
      case "ingest-outage" ->
          new IngestOutage(directory.path(), devicesOr(1_000), seconds, 10, System.err::println)
              .run();
      case "answer-latency" ->
          new AnswerLatency(directory.path(), seed, devicesOr(50), 10, seconds, System.err::println)
              .run();
      case "link" ->
          link(directory, Disruptions.ofTheLink(seed, timesOr(100), (timesOr(100) + 4) / 5));
      case "link-brokers" -> link(directory, Disruptions.ofBrokers(seed, timesOr(10)));
      case "link-urgent" ->
          new LinkUrgent(
                  directory.path(), seed, (long) mebibytes << 20, seconds, System.err::println)
              .run();
      case "link-bytes" ->
          new LinkBytes(directory.path(), edge, seconds, System.err::println).run();
      case "link-outage" -> outage(directory);
      case "sites" ->
          new SeveralSites(directory.path(), seed, sites, timesOr(3), System.err::println).run();
      case "loop" ->
          new LoopProof(directory.path(), seed, LOOP_PATIENCE, System.err::println).run();
      case "warehouse" ->
          new WarehouseProof(
                  directory.path(),
                  seed,
                  timesOr(10),
                  Duration.ofSeconds(seconds),
                  recordsOr(1_000_000),
                  System.err::println)
              .run();
      default -> new KillInference(directory.path(), seed, timesOr(50), System.err::println).run();
    };
  }

  private Proof outage(WorkDirectory directory) throws InterruptedException {
    return hours == 0
        ? link(directory, Disruptions.outage(Duration.ofSeconds(seconds)))
        : new LinkOutage(directory.path(), seed, hours, seconds, System.err::println).run();
  }

  private Proof link(WorkDirectory directory, List<Disruption> plan) throws InterruptedException {
    return new LinkProof(
            name, directory.path(), seed, plan, /* withLedger= */ true, System.err::println)
        .run();
  }

  private int timesOr(int otherwise) {
    return times == null ? otherwise : times;
  }

  private int devicesOr(int otherwise) {
    return devices == null ? otherwise : devices;
  }

  private long recordsOr(long otherwise) {
    return records == null ? otherwise : records;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(requireNonNull(spec).commandLine(), otherwise);
    }
  }
}
