package dev.skerry.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.KafkaNode;
import dev.skerry.broker.TopicCreation;
import dev.skerry.retrain.labels.LabelsConfig;
import dev.skerry.retrain.labels.LabelsService;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.Label;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.SampleId;
import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Observability;
import dev.skerry.service.Settings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A cloud with three samples, two of readings and one frame, and the process that labels them. */
final class LabelledCloud implements AutoCloseable {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final KafkaNode node;
  private final Observability observability;
  private final LabelsService service;
  private final Thread thread;
  private final Map<UUID, String> devices = new HashMap<>();

  private LabelledCloud(KafkaNode node) throws Exception {
    this.node = node;
    TopicCreation.create(
        node.bootstrapServers(),
        List.of(
            Topics.RETRAINING_SAMPLES.newTopic(Side.CLOUD), Topics.LABELS.newTopic(Side.CLOUD)));
    append(
        List.of(
            sample(1, "cam-1", frame()),
            sample(2, "pump-1", readings()),
            sample(3, "pump-2", readings())));
    Settings settings =
        Settings.of(
            Map.of(
                "kafka.bootstrap.servers",
                node.bootstrapServers(),
                "labels.http.port",
                "0",
                "labels.classes",
                "line=normal,line=worn"),
            LabelsConfig.class);
    this.observability = Observability.start(settings.service().http());
    this.service = LabelsService.create(settings, observability);
    this.thread = new Thread(service::run, "labels");
    thread.start();
  }

  static LabelledCloud start(Path directory) throws Exception {
    return new LabelledCloud(KafkaNode.start(KafkaNode.Settings.of(directory.resolve("kafka"))));
  }

  String url() {
    return "http://127.0.0.1:" + service.port();
  }

  /** What the topic has of labels by now, in order, as {@code DEVICE WHAT by WHOM}. */
  List<String> labels() {
    SkerryAvroDeserializer<Label> decoder = new SkerryAvroDeserializer<>(Label.class);
    List<String> found = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", node.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.LABELS.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> found.add(text(decoder.deserialize(record.topic(), record.value()))));
      }
    }
    return found;
  }

  private String text(Label label) {
    String what = label.getWithdrawn() ? "withdrawn" : label.getUnusable() ? "unusable" : "";
    return "%s %s by %s"
        .formatted(
            devices.get(label.getSampleId()),
            what.isEmpty() ? label.getLabel() : what,
            label.getLabelledBy());
  }

  private void append(List<RetrainingSample> samples) throws Exception {
    AvroEncoder<RetrainingSample> encoder = new AvroEncoder<>(RetrainingSample.class);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", node.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (RetrainingSample sample : samples) {
        String device = sample.getDetection().getDeviceId();
        devices.put(sample.getSampleId(), device);
        producer
            .send(
                new ProducerRecord<>(
                    Topics.RETRAINING_SAMPLES.name(),
                    device.getBytes(UTF_8),
                    encoder.encode(sample)))
            .get();
      }
    }
  }

  private static RetrainingSample sample(long offset, String device, Object payload) {
    SourceRef source = new SourceRef("telemetry", 0, offset, NOON);
    Telemetry telemetry =
        Telemetry.newBuilder()
            .setDeviceId(device)
            .setSiteId("plant")
            .setStream("line")
            .setEventTime(NOON)
            .setSequence(1)
            .setAttributes(Map.of())
            .setPayload(payload)
            .build();
    Detection detection =
        Detection.newBuilder()
            .setDeviceId(device)
            .setSiteId("plant")
            .setStream("line")
            .setEventTime(NOON)
            .setSequence(1)
            .setSource(source)
            .setInferredAt(NOON)
            .setModel("line-state")
            .setModelVersion("1.0.0")
            .setRole(ModelRole.CHAMPION)
            .setLabel("normal")
            .setConfidence(0.5f)
            .setScores(Map.of("normal", 0.5f, "worn", 0.5f))
            .setBoxes(List.of())
            .build();
    return RetrainingSample.newBuilder()
        .setSampleId(SampleId.of("plant", source))
        .setReasons(List.of(SampleReason.LOW_CONFIDENCE))
        .setUncertainty(0.5f)
        .setDetection(detection)
        .setTelemetry(telemetry)
        .build();
  }

  private static Readings readings() {
    return Readings.newBuilder()
        .setChannels(2)
        .setSteps(3)
        .setSampleRateHz(10)
        .setValues(List.of(1f, 2f, 3f, -1f, 0f, 1f))
        .build();
  }

  private static Frame frame() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB), "png", png);
    return Frame.newBuilder()
        .setEncoding(FrameEncoding.PNG)
        .setWidth(32)
        .setHeight(24)
        .setData(ByteBuffer.wrap(png.toByteArray()))
        .build();
  }

  @Override
  public void close() {
    service.stop();
    await().atMost(PATIENCE).until(() -> !thread.isAlive());
    service.close();
    observability.close();
    node.close();
  }
}
