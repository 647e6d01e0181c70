package dev.skerry.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.KafkaNode;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PublishIT {

  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private List<KafkaNode> nodes = new ArrayList<>();

  @BeforeEach
  void startNode() {
    nodes.add(KafkaNode.start(KafkaNode.Settings.of(dir.resolve("node"))));
  }

  @AfterEach
  void stopNodes() {
    nodes.forEach(KafkaNode::close);
  }

  @Test
  void shouldPutTheFileIntoTheTopicExactlyAsItSays() throws Exception {
    TelemetryTopic.create(node());
    Path file = write("pump-7.csv", "time;p;q", "1600000000;1.5;-2", "1600000001;2.5;-3e-4");
    assertThat(run(replay(file, "--size", "1", "--site", "north", "--speed", "100x"))).isZero();
    assertThat(TelemetryTopic.read(node()))
        .containsExactly(
            record(0, Instant.ofEpochSecond(1600000000), List.of(1.5f, -2f)),
            record(1, Instant.ofEpochSecond(1600000001), List.of(2.5f, -3e-4f)));
    assertThat(out.toString())
        .startsWith("replay: 2 records of 1 devices in ")
        .endsWith("windows per device: pump-7=2\n");
  }

  @Test
  void shouldDeliverWhatCameBeforeABadRowAndSayHowMuchThatWas() throws Exception {
    TelemetryTopic.create(node());
    List<String> lines = new ArrayList<>(List.of("time,p"));
    IntStream.range(0, 500).forEach(row -> lines.add(row + "," + row));
    lines.add("500,broken");
    Path file = write("pump-7.csv", lines.toArray(String[]::new));
    assertThat(run(replay(file, "--size", "1", "--speed", "max"))).isEqualTo(2);
    // The row after a window is read before the window is sent.
    assertThat(TelemetryTopic.read(node()))
        .extracting(Telemetry::getSequence)
        .containsExactlyElementsOf(LongStream.range(0, 499).boxed().toList());
    assertThat(out.toString()).startsWith("replay: ended early: 499 records of 1 devices in ");
    assertThat(err.toString())
        .contains("pump-7.csv, line 502, column 'p': 'broken' is not a number");
  }

  @Test
  void shouldSendALiveFleetByTheWallClock() throws Exception {
    TelemetryTopic.create(node());
    Instant before = Instant.now();
    int exitCode =
        run(
            "simulate",
            "--machines",
            "3",
            "--interval",
            "200ms",
            "--duration",
            "2s",
            "--bootstrap",
            node().bootstrapServers());
    Instant after = Instant.now();
    assertThat(exitCode).isZero();
    Map<String, List<Telemetry>> byDevice =
        TelemetryTopic.read(node()).stream().collect(Collectors.groupingBy(Telemetry::getDeviceId));
    assertThat(byDevice).hasSize(3);
    byDevice.forEach(
        (device, records) -> {
          assertThat(records).hasSize(10);
          assertThat(records).extracting(Telemetry::getSequence).isSorted().doesNotHaveDuplicates();
          assertThat(records)
              .extracting(Telemetry::getEventTime)
              .allMatch(time -> !time.isBefore(before.minusMillis(1)) && !time.isAfter(after));
        });
  }

  @Test
  void shouldSendFramesToTheirOwnTopicBesideTheReadings() throws Exception {
    TelemetryTopic.create(node());
    TelemetryTopic.create(node(), Topics.TELEMETRY_FRAMES);
    int exitCode =
        run(
            "simulate",
            "--machines",
            "1",
            "--cameras",
            "2",
            "--frame-rate",
            "5",
            "--duration",
            "1s",
            "--bootstrap",
            node().bootstrapServers());
    assertThat(exitCode).isZero();
    assertThat(TelemetryTopic.read(node()))
        .extracting(Telemetry::getDeviceId)
        .containsExactly("machine-000");
    assertThat(TelemetryTopic.read(node(), Topics.TELEMETRY_FRAMES))
        .hasSize(10)
        .allMatch(record -> record.getPayload() instanceof Frame)
        .extracting(Telemetry::getDeviceId)
        .containsOnly("camera-000", "camera-001");
  }

  @Test
  void shouldNameTheTopicThatIsMissing() throws Exception {
    Path file = write("a.csv", "time,p", "0,1");
    assertThat(run(replay(file, "--size", "1"))).isEqualTo(1);
    assertThat(lastSentence())
        .isEqualTo(
            "replay: Kafka at "
                + node().bootstrapServers()
                + " has no topic telemetry; create it first (a started site has it)");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void shouldGiveUpOnABrokerThatIsAwayAndSaySo() throws Exception {
    String brokers = node().bootstrapServers();
    node().close();
    Path file = write("a.csv", "time,p", "0,1");
    Path config =
        write(
            "kafka.properties",
            "kafka.admin.default.api.timeout.ms=2000",
            "kafka.admin.request.timeout.ms=1000");
    assertThat(
            run(
                "replay",
                file.toString(),
                "--stream",
                "pump",
                "--size",
                "1",
                "--bootstrap",
                brokers,
                "--config",
                config.toString()))
        .isEqualTo(1);
    assertThat(lastSentence())
        .startsWith("replay: Kafka at " + brokers + " does not answer: ")
        .endsWith("; is it up?");
  }

  @Test
  void shouldGiveUpWhenTheBrokerGoesAwayInTheMiddleAndCountWhatWasAcknowledged() throws Exception {
    TelemetryTopic.create(node());
    Path config =
        write(
            "kafka.properties",
            "kafka.producer.delivery.timeout.ms=3000",
            "kafka.producer.request.timeout.ms=1000");
    CompletableFuture<Integer> exitCode =
        CompletableFuture.supplyAsync(
            () ->
                run(
                    "simulate",
                    "--machines",
                    "2",
                    "--interval",
                    "100ms",
                    "--no-progress",
                    "--bootstrap",
                    node().bootstrapServers(),
                    "--config",
                    config.toString()));
    await().until(() -> TelemetryTopic.read(node()).size() > 4);
    node().close();
    assertThat(exitCode.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(lastSentence())
        .startsWith("simulate: Kafka at ")
        .contains(" did not acknowledge record ")
        .contains("is it up?");
    assertThat(out.toString()).startsWith("simulate: ended early: ");
    nodes.add(KafkaNode.start(KafkaNode.Settings.of(dir.resolve("node"))));
    assertThat(TelemetryTopic.read(node())).hasSizeGreaterThanOrEqualTo(acknowledged());
  }

  @Test
  void shouldOutliveARestartOfTheBrokerWithoutLossOrDuplicate() throws Exception {
    TelemetryTopic.create(node());
    int port = node().port();
    CompletableFuture<Integer> exitCode =
        CompletableFuture.supplyAsync(
            () ->
                run(
                    "simulate",
                    "--machines",
                    "4",
                    "--interval",
                    "50ms",
                    "--duration",
                    "6s",
                    "--bootstrap",
                    node().bootstrapServers()));
    await().until(() -> TelemetryTopic.read(node()).size() > 40);
    node().close();
    nodes.add(KafkaNode.start(KafkaNode.Settings.of(dir.resolve("node")).withPort(port)));
    assertThat(exitCode.get(60, TimeUnit.SECONDS)).isZero();
    List<Telemetry> records = TelemetryTopic.read(node());
    assertThat(records).hasSize(480);
    records.stream()
        .collect(Collectors.groupingBy(Telemetry::getDeviceId))
        .values()
        .forEach(
            device ->
                assertThat(device)
                    .hasSize(120)
                    .extracting(Telemetry::getSequence)
                    .isSorted()
                    .doesNotHaveDuplicates());
  }

  @Test
  void shouldReportWhatWasAcknowledgedWhenTerminated() throws Exception {
    TelemetryTopic.create(node());
    Path report = dir.resolve("report");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                IngestMain.class.getName(),
                "simulate",
                "--machines",
                "2",
                "--interval",
                "50ms",
                "--bootstrap",
                node().bootstrapServers())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(report.toFile())
            .start();
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> TelemetryTopic.read(node()).size() > 10);
      process.destroy();
      assertThat(process.waitFor(25, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    out.write(Files.readString(report));
    assertThat(out.toString()).contains("simulate: ended early: ");
    assertThat(TelemetryTopic.read(node())).hasSize(acknowledged());
  }

  private int acknowledged() {
    String count = out.toString().replaceAll("(?s).*ended early: ([0-9,]+) records.*", "$1");
    return Integer.parseInt(count.replace(",", ""));
  }

  private KafkaNode node() {
    return nodes.get(nodes.size() - 1);
  }

  private String lastSentence() {
    List<String> lines = err.toString().lines().toList();
    return lines.get(lines.size() - 1);
  }

  private String[] replay(Path file, String... options) {
    List<String> args = new ArrayList<>(List.of("replay", file.toString(), "--stream", "pump"));
    args.addAll(List.of("--bootstrap", node().bootstrapServers()));
    args.addAll(List.of(options));
    return args.toArray(String[]::new);
  }

  private int run(String... args) {
    CommandLine commandLine = IngestMain.commandLine();
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return commandLine.execute(args);
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.writeString(dir.resolve(name), String.join("\n", lines) + "\n");
  }

  private static Telemetry record(long sequence, Instant time, List<Float> values) {
    return Telemetry.newBuilder()
        .setDeviceId("pump-7")
        .setSiteId("north")
        .setStream("pump")
        .setEventTime(time)
        .setSequence(sequence)
        .setPayload(new Readings(2, 1, 0f, values))
        .build();
  }
}
