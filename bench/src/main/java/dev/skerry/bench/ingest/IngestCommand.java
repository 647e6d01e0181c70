package dev.skerry.bench.ingest;

import dev.skerry.bench.process.BrokerProcess;
import dev.skerry.bench.process.WorkDirectory;
import dev.skerry.bench.report.Machine;
import dev.skerry.bench.report.TextTable;
import dev.skerry.broker.TopicCreation;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ExitCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/ingest}: the gateway's CPU per message beside the least that does the same job. */
@Command(
    name = "ingest",
    description = "Measures the gateway beside Vert.x with a parser, an encoder and a producer.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class IngestCommand implements Callable<Integer> {

  @Option(names = "--runs", description = "Runs of each, in turn (default: 3).")
  private int runs = 3;

  @Option(names = "--seconds", description = "How long each run counts (default: 10).")
  private int seconds = 10;

  @Option(names = "--warm-up", description = "Seconds before that (default: 10).")
  private int warmUp = 10;

  @Option(names = "--connections", description = "Devices, one connection each (default: 64).")
  private int connections = 64;

  @Option(
      names = "--batch",
      split = ",",
      description = "Messages of one body, one table each (default: 1,100).")
  private List<Integer> batches = List.of(1, 100);

  @Option(names = "--values", description = "Readings of one message (default: 64).")
  private int values = 64;

  @Override
  public Integer call() throws Exception {
    WorkDirectory directory = WorkDirectory.create();
    System.err.println(Machine.here().describe() + "; logs are in " + directory.path());
    try (BrokerProcess broker = BrokerProcess.start(directory.path())) {
      createTopics(broker.bootstrapServers());
      for (int batch : batches) {
        IngestRun.Plan plan = new IngestRun.Plan(connections, batch, values, warmUp, seconds);
        System.out.println(batch + " messages of " + values + " readings in a body of JSON:");
        System.out.println(compare(new IngestRun(broker, directory.path(), plan)));
      }
    }
    directory.delete();
    return ExitCode.OK;
  }

  private String compare(IngestRun run) throws Exception {
    Map<Contender, List<IngestRun.Figures>> figures = new EnumMap<>(Contender.class);
    for (int i = 0; i < runs; i++) {
      for (Contender contender : Contender.values()) {
        IngestRun.Figures measured = run.of(contender, i);
        System.err.printf(
            Locale.ROOT,
            "%s: %.0f messages/s, %.1f µs of CPU each%n",
            contender.description(),
            measured.messagesPerSecond(),
            measured.cpuMicros());
        figures.computeIfAbsent(contender, none -> new ArrayList<>()).add(measured);
      }
    }
    return table(figures);
  }

  private static String table(Map<Contender, List<IngestRun.Figures>> figures) {
    double plain = median(figures.getOrDefault(Contender.PLAIN, List.of()));
    TextTable table = new TextTable("", "messages/s", "CPU µs/message", "to the plain one");
    figures.forEach(
        (contender, runs) -> {
          double cpu = median(runs);
          table.row(
              contender.description(),
              "%,.0f"
                  .formatted(
                      median(runs.stream().map(IngestRun.Figures::messagesPerSecond).sorted())),
              String.format(Locale.ROOT, "%.1f", cpu),
              String.format(Locale.ROOT, "%.2f", cpu / plain));
        });
    return table.toString();
  }

  private static double median(List<IngestRun.Figures> runs) {
    return median(runs.stream().map(IngestRun.Figures::cpuMicros).sorted());
  }

  private static double median(Stream<Double> sorted) {
    List<Double> values = sorted.toList();
    return values.get(values.size() / 2);
  }

  private static void createTopics(String brokers) throws Exception {
    TopicCreation.create(
        brokers,
        Stream.of(Topics.TELEMETRY, Topics.TELEMETRY_FRAMES, Topics.DEAD_LETTERS)
            .map(topic -> topic.newTopic(Side.EDGE))
            .toList());
  }
}
