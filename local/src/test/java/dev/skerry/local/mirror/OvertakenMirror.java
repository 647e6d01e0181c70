package dev.skerry.local.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.aggregator.AggregatorConfig;
import dev.skerry.aggregator.ledger.LedgerService;
import dev.skerry.aggregator.seal.Seals;
import dev.skerry.broker.KafkaNode;
import dev.skerry.local.ledger.Verdicts;
import dev.skerry.local.mirror.backlog.LinkWatch;
import dev.skerry.local.mirror.backlog.RunningWatch;
import dev.skerry.local.mirror.keep.Keeping;
import dev.skerry.local.site.RunningPart;
import dev.skerry.local.topic.GroupOffsets;
import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessVerdict;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Settings;
import dev.skerry.service.streams.StreamsSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Records of a bulk topic are deleted at the site before its flow runs. The site's clock is days
 * ahead, so that the ledger's minutes pass as fast as the test wants.
 */
final class OvertakenMirror implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Topic TOPIC = Topics.TELEMETRY_OVERFLOW;
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC.name(), 0);
  private static final String SITE = "site-1";
  private static final int EACH_MINUTE = 2;
  private static final int LOST_MINUTES = 2;

  private final Instant begin =
      Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(2));
  private final AvroEncoder<Telemetry> encoder = new AvroEncoder<>(Telemetry.class);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final MirrorPlan plan;
  private final KafkaNode cloud;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final RunningPart atTheSite;
  private final RunningPart inTheCloud;
  private int minutes;

  /** Starts the ledger of both sides. */
  OvertakenMirror(MirrorPlan plan, KafkaNode edge, KafkaNode cloud, Path dir) throws Exception {
    this.plan = plan;
    this.cloud = cloud;
    Map<String, Object> client = Map.of("bootstrap.servers", edge.bootstrapServers());
    this.admin = Admin.create(client);
    this.producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    keepTimesOfTheWriter();
    this.atTheSite = ledger(Side.EDGE, edge, dir.resolve("edge-ledger"));
    this.inTheCloud = ledger(Side.CLOUD, cloud, dir.resolve("cloud-ledger"));
  }

  private void keepTimesOfTheWriter() throws Exception {
    List<AlterConfigOp> changes =
        TOPIC.settings(Side.CLOUD).entrySet().stream()
            .map(
                setting ->
                    new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()),
                        AlterConfigOp.OpType.SET))
            .toList();
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC.name());
    admin.incrementalAlterConfigs(Map.of(topic, changes)).all().get();
  }

  private static RunningPart ledger(Side side, KafkaNode node, Path state) throws Exception {
    Settings settings =
        Settings.of(
            Map.of(
                "kafka.bootstrap.servers",
                node.bootstrapServers(),
                "aggregator.side",
                side.name(),
                "aggregator.site-id",
                side == Side.EDGE ? SITE : "cloud",
                "aggregator.state-dir",
                state.toString(),
                "aggregator.ledger.quiet-close",
                "PT2S",
                "aggregator.ledger.patience",
                "PT5S"),
            AggregatorConfig.class);
    AggregatorConfig config = settings.get(AggregatorConfig.class);
    return RunningPart.start(
        settings,
        (given, observability) ->
            LedgerService.create(
                new StreamsSettings(config.applicationId(), config.instance(), config.stateDir()),
                config.side(),
                config.siteId(),
                config.ledger(),
                Seals.of(config.seals(), given.kafka().writerSchemas()),
                given,
                observability));
  }

  /** The watch, the log and the ledger say what the cloud will never have. */
  void losesTwoMinutesOfAPartition() throws Exception {
    RunningMirror urgent = RunningMirror.start(List.of(flow("urgent"))); // The ledger's pages.
    try (LinkWatch watch = watch()) {
      RunningWatch running = RunningWatch.of(watch, metrics);
      await().atMost(PATIENCE).until(() -> !Double.isNaN(value("skerry.link.disk.bytes")));
      long first = end();
      while (minutes < LOST_MINUTES + 3) {
        writeMinute();
      }
      awaitThatTheSiteHasCounted(end());
      int gone = LOST_MINUTES * EACH_MINUTE;
      admin
          .deleteRecords(Map.of(PARTITION, RecordsToDelete.beforeOffset(first + gone)))
          .all()
          .get();
      await().atMost(PATIENCE).until(() -> running.overtaken(TOPIC.name(), 0) == gone);
      RunningMirror bulk = RunningMirror.start(List.of(flow("bulk")));
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(300))
          .untilAsserted(
              () -> {
                writeMinute(); // Time goes on at the site.
                assertThatTheLedgerNamesThem();
              });
      assertThat(running.overtaken(TOPIC.name(), 0))
          .as("also when the flow has gone on behind it")
          .isEqualTo(gone);
      assertThat(running.overtaken(TOPIC.name(), 1)).isZero();
      running.stop();
      bulk.requestStop();
      urgent.stop();
      bulk.stop();
    }
    atTheSite.stop();
    inTheCloud.stop();
  }

  private void assertThatTheLedgerNamesThem() {
    Map<Instant, Completeness> judged =
        Verdicts.read(cloud.bootstrapServers()).of(SITE).windows().stream()
            .filter(window -> window.getTopic().equals(TOPIC.name()))
            .collect(Collectors.toMap(Completeness::getWindowStart, window -> window));
    for (int minute = 0; minute < LOST_MINUTES + 2; minute++) {
      boolean isLost = minute < LOST_MINUTES;
      assertThat(judged.get(begin.plus(Duration.ofMinutes(minute))))
          .as("minute " + minute)
          .isNotNull()
          .extracting(Completeness::getVerdict, Completeness::getDifference)
          .containsExactly(
              isLost ? CompletenessVerdict.MISSING : CompletenessVerdict.COMPLETE,
              isLost ? (long) EACH_MINUTE : 0L);
    }
  }

  private MirrorFlow flow(String name) {
    return plan.flows().stream().filter(flow -> flow.name().equals(name)).findFirst().orElseThrow();
  }

  private LinkWatch watch() {
    return new LinkWatch(
        plan,
        MirrorFlow::offsetsTopic,
        new Keeping.Contract(Duration.ofDays(3), /* managed= */ false, OptionalLong.empty(), 0),
        metrics,
        InstantSource.system());
  }

  private double value(String name) {
    return metrics.get(name).gauge().value();
  }

  private long end() throws Exception {
    return admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest())).all().get().values().stream()
        .findFirst()
        .orElseThrow()
        .offset();
  }

  private void awaitThatTheSiteHasCounted(long end) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                GroupOffsets.committed(admin, "skerry-aggregator-ledger")
                        .getOrDefault(PARTITION, 0L)
                    >= end);
  }

  /** A minute of the site, in each partition. */
  @SuppressWarnings("FutureReturnValueIgnored") // What did not arrive is not complete in the end.
  private void writeMinute() {
    for (int number = 0; number < TOPIC.partitions() * EACH_MINUTE; number++) {
      Instant appended = begin.plus(Duration.ofMinutes(minutes)).plusSeconds(number);
      Telemetry telemetry =
          Telemetry.newBuilder()
              .setDeviceId("pump-7")
              .setSiteId(SITE)
              .setStream("pump")
              .setEventTime(appended)
              .setSequence((long) minutes * TOPIC.partitions() * EACH_MINUTE + number)
              .setPayload(new Readings(1, 1, 0f, List.of(0.5f)))
              .build();
      producer.send(
          new ProducerRecord<>(
              TOPIC.name(),
              number % TOPIC.partitions(),
              appended.toEpochMilli(),
              "pump-7".getBytes(UTF_8),
              encoder.encode(telemetry)));
    }
    producer.flush();
    minutes++;
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
    atTheSite.close();
    inTheCloud.close();
  }
}
