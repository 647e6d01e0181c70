package dev.skerry.retrain.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.KafkaNode;
import dev.skerry.broker.TopicCreation;
import dev.skerry.retrain.dataset.DatasetVersion;
import dev.skerry.retrain.dataset.Datasets;
import dev.skerry.retrain.dataset.Duck;
import dev.skerry.retrain.dataset.LabelledSamples;
import dev.skerry.retrain.gate.Gate;
import dev.skerry.retrain.gate.GateReport;
import dev.skerry.retrain.gate.GateRules;
import dev.skerry.retrain.gate.HeldBack;
import dev.skerry.retrain.train.Progress;
import dev.skerry.retrain.train.SyntheticTelemetry;
import dev.skerry.retrain.train.data.Window;
import dev.skerry.retrain.train.vibration.VibrationTraining;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleaseLog;
import dev.skerry.schemas.release.SigningKey;
import dev.skerry.schemas.release.TrustedKeys;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import dev.skerry.service.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole circle in the cloud: samples and labels in, a signed release out. */
class RetrainLoopIT {

  private static final List<String> KNOWN = VibrationTraining.LABELS.subList(0, 4);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path dir;

  @Test
  void shouldPublishASignedModelThatKnowsTheNewFaultAndGoOnAfterAStop() throws Exception {
    SigningKey key = SigningKey.generate();
    key.write(dir.resolve("keys"), "release");
    trainTheFirstModel();
    try (KafkaNode node = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("kafka")))) {
      TopicCreation.create(node.bootstrapServers(), Topics.newTopics(Side.CLOUD));
      Settings settings = settings(node.bootstrapServers());
      List<LabelledSamples.Made> samples = new LabelledSamples().of("m-", 30, 8, 1);

      send(node.bootstrapServers(), samples.subList(0, 100));
      try (Running running = new Running(settings)) {
        running.awaitLabelled(100);
      }
      assertThat(datasets().streams()).as("too few to train").isEmpty();

      send(node.bootstrapServers(), samples.subList(100, samples.size()));
      try (Running running = new Running(settings)) {
        running.awaitLabelled(samples.size());
        await("a training")
            .atMost(PATIENCE)
            .until(() -> !running.hasEnded() && trainings().latest().isPresent());
        await("its publication")
            .atMost(PATIENCE)
            .until(() -> trainings().latest().orElseThrow().result() != Outcome.Result.PASSED);
        saysHowFarItIs(running, samples.size());
      }
      Outcome outcome = trainings().latest().orElseThrow();
      assertThat(outcome.result()).as(outcome.reason()).isEqualTo(Outcome.Result.PUBLISHED);
      requireNothingTrainedOnWhatItIsTestedOn(samples.size());

      Release release = release(node.bootstrapServers(), key);
      assertThat(release.isWhole()).isTrue();
      assertThat(release.isOfferedTo("plant")).isTrue();
      assertThat(release.id().version()).isEqualTo("1.1.0");
      assertThat(release.manifest().contract().labels()).contains("bearing-inner");
      GateReport report = GateReport.read(trainings().directory(1).resolve(GateReport.FILE));
      assertThat(release.manifest().sha256()).isEqualTo(report.candidate().sha256());
      assertThat(release.manifest().expected()).isEqualTo(report.expected());
      namesTheNewFaultOnMachinesThatWereNeverSampled();
    }
  }

  private void namesTheNewFaultOnMachinesThatWereNeverSampled() throws InterruptedException {
    List<HeldBack.Labelled> windows = new ArrayList<>();
    for (Telemetry telemetry : SyntheticTelemetry.vibration("never-", 10, 10, 77)) {
      windows.add(
          new HeldBack.Labelled(
              telemetry.getDeviceId(),
              telemetry.getAttributes().getOrDefault("label.fault", ""),
              HeldBack.Origin.AUDIT,
              Window.of(telemetry).values()));
    }
    GateReport report =
        new Gate(new GateRules(0.1, 0.05, 1, 1, 1_000, List.of(), PATIENCE))
            .judge(
                new HeldBack(windows),
                new GateReport.Judged(LabelledSamples.STREAM, 1, "", windows.size(), 0, 10),
                dir.resolve("first.onnx"),
                trainings().candidate(1));
    assertThat(report.failures()).isEmpty();
    assertThat(report.classes())
        .filteredOn(GateReport.ClassResult::isNew)
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.label()).isEqualTo("bearing-inner");
              assertThat(fault.championRecall()).isZero();
              assertThat(fault.candidateRecall()).isGreaterThan(0.7);
            });
  }

  private static void saysHowFarItIs(Running running, int samples) throws Exception {
    LoopState state =
        await("its state")
            .atMost(PATIENCE)
            .until(
                () -> LoopState.read(running.get("/loop").body()),
                seen -> seen.training() == null && !seen.outcomes().isEmpty());
    assertThat(state.phase()).isEqualTo(LoopState.Phase.COLLECTING);
    assertThat(state.labelled()).isEqualTo(samples);
    assertThat(state.fresh()).isZero();
    assertThat(state.trainsAt()).isEqualTo(200);
    assertThat(state.dataset()).isEqualTo(new LoopState.Dataset(1, samples));
    assertThat(state.classes().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(samples);
    assertThat(state.unknown()).as("no site serves it yet").containsExactly("bearing-inner");
    assertThat(state.champion().labels()).isEqualTo(KNOWN);
    assertThat(state.learnt()).isEmpty();
    assertThat(state.outcomes())
        .extracting(Outcome::version, Outcome::result)
        .containsExactly(tuple("1.1.0", Outcome.Result.PUBLISHED));
    assertThat(LoopState.read(state.toJson())).isEqualTo(state);
    assertThat(running.get("/loop/report/1").body()).contains("<svg", "bearing-inner (new)");
    assertThat(running.get("/loop/report/2").statusCode()).isEqualTo(404);
    assertThat(running.get("/loop/reports").statusCode()).isEqualTo(404);
    assertThat(running.get("/train").statusCode()).as("only POST asks").isEqualTo(405);
  }

  private void requireNothingTrainedOnWhatItIsTestedOn(int samples) throws Exception {
    DatasetVersion dataset = datasets().latest(LabelledSamples.STREAM).orElseThrow();
    assertThat(
            Duck.number(
                dataset.directory(),
                "SELECT count(*) FROM {train} t JOIN {validation} v"
                    + " ON t.sample_id = v.sample_id"
                    + " OR (t.site_id = v.site_id AND t.device_id = v.device_id)"))
        .isZero();
    assertThat(
            Duck.number(dataset.directory(), "SELECT count(*) FROM {train}")
                + Duck.number(dataset.directory(), "SELECT count(*) FROM {validation}"))
        .as("each sample once, though it was stopped in between")
        .isEqualTo(samples);
  }

  private Datasets datasets() {
    return new Datasets(dir.resolve("retrain/datasets"));
  }

  private Trainings trainings() {
    return Trainings.of(dir.resolve("retrain"), LabelledSamples.STREAM);
  }

  private void trainTheFirstModel() throws IOException {
    List<Telemetry> training = known(SyntheticTelemetry.vibration("known-", 20, 10, 5));
    List<Telemetry> heldOut = known(SyntheticTelemetry.vibration("held-", 10, 10, 6));
    Files.write(
        dir.resolve("first.onnx"),
        VibrationTraining.standard(1)
            .with(KNOWN, VibrationTraining.standard(1).thresholds())
            .train(training, heldOut, Progress.SILENT)
            .onnx());
    write(dir.resolve("known.avro"), training);
    write(dir.resolve("held.avro"), heldOut);
  }

  private static List<Telemetry> known(List<Telemetry> data) {
    return data.stream()
        .filter(telemetry -> KNOWN.contains(telemetry.getAttributes().get("label.fault")))
        .toList();
  }

  private static void write(Path file, List<Telemetry> data) throws IOException {
    try (DataFileWriter<Telemetry> writer =
        new DataFileWriter<>(
            new SpecificDatumWriter<>(
                Telemetry.getClassSchema(), SpecificData.getForClass(Telemetry.class)))) {
      writer.create(Telemetry.getClassSchema(), file.toFile());
      for (Telemetry telemetry : data) {
        writer.append(telemetry);
      }
    }
  }

  private Settings settings(String bootstrapServers) {
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", bootstrapServers);
    settings.put("service.http.port", "0");
    settings.put("dataset.directory", dir.resolve("retrain").toString());
    settings.put("dataset.stream", LabelledSamples.STREAM);
    settings.put("train.champion", dir.resolve("first.onnx").toString());
    settings.put("train.known.training", dir.resolve("known.avro").toString());
    settings.put("train.known.held-out", dir.resolve("held.avro").toString());
    settings.put("train.after-labels", "200");
    settings.put("gate.min-class-windows", "5");
    settings.put("gate.max-calibration-error", "0.5");
    settings.put("gate.max-slowdown", "1000");
    settings.put("gate.key", dir.resolve("keys/release.key").toString());
    return Settings.of(settings, DatasetConfig.class, TrainConfig.class, GateConfig.class);
  }

  private static void send(String bootstrapServers, List<LabelledSamples.Made> samples)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (LabelledSamples.Made sample : samples) {
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    Topics.RETRAINING_SAMPLES.name(),
                    sample.deviceId().getBytes(UTF_8),
                    sample.sample())));
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    Topics.LABELS.name(), sample.id().toString().getBytes(UTF_8), sample.label())));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  private static Release release(String bootstrapServers, SigningKey key) {
    ReleaseLog log = new ReleaseLog(new TrustedKeys(List.of(key.publicKey()), List.of(), false));
    TopicPartition models = new TopicPartition(Topics.MODELS.name(), 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(models));
      consumer.seekToBeginning(List.of(models));
      long end = consumer.endOffsets(List.of(models)).getOrDefault(models, 0L);
      while (consumer.position(models) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(log::accept);
      }
    }
    assertThat(log.releases()).hasSize(1);
    return log.releases().get(0);
  }

  /** The service in a thread of its own until it is closed. */
  private static final class Running implements AutoCloseable {
    private final Observability observability;
    private final Service service;
    private final CompletableFuture<Void> end;

    Running(Settings settings) throws IOException {
      observability = Observability.start(settings.service().http());
      service = RetrainService.create(settings, observability);
      end =
          CompletableFuture.runAsync(
              () -> {
                try {
                  service.run();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
      URI uri = URI.create("http://127.0.0.1:" + observability.port() + path);
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    boolean hasEnded() {
      if (end.isDone()) {
        end.join();
      }
      return end.isDone();
    }

    void awaitLabelled(long samples) {
      await(samples + " labelled samples")
          .atMost(PATIENCE)
          .until(
              () ->
                  !hasEnded()
                      && observability.metrics().get("skerry.dataset.labelled").gauge().value()
                          >= samples);
    }

    @Override
    public void close() {
      service.stop();
      end.join();
      service.close();
      observability.close();
    }
  }
}
