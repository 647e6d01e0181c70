package dev.skerry.local.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.local.control.OtherContract;
import dev.skerry.local.link.LinkCondition;
import dev.skerry.local.link.LinkProxy;
import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.model.OnnxFile;
import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.schemas.release.Expectation;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.ReleaseDraft;
import dev.skerry.schemas.release.ReleasePublisher;
import dev.skerry.schemas.release.ReleaseRecord;
import dev.skerry.schemas.release.Rollout;
import dev.skerry.schemas.release.SigningKey;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A release of two chunks, between which the link is cut: what has come serves nothing, and the
 * rest comes when the link is back.
 *
 * @param cloud where it is published
 * @param edge the site's own broker
 */
record CutRelease(Broker cloud, Broker edge, LinkProxy link) {

  private static final String VERSION = "2.0.0";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Publishes a version of the model, and returns when it serves. */
  void cross(Path model, Path keyFile) throws Exception {
    Path file = nextVersion(model);
    Manifest manifest = manifest(file);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            cloud.client(Map.of("max.block.ms", "20000")),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      ReleasePublisher publisher = new ReleasePublisher(producer, SigningKey.read(keyFile)::sign);
      publisher.state(manifest);
      publishChunk(producer, manifest, file, 1);
      await().atMost(PATIENCE).until(() -> chunksAtTheSite() == 1);
      link.set(new LinkCondition.Cut());
      publishChunk(producer, manifest, file, 2);
      publisher.state(rollout(manifest));
    }
    assertThat(steps()).isEmpty();
    link.set(new LinkCondition.Open());
    await().atMost(PATIENCE).until(() -> steps().contains(ModelStep.PROMOTED));
    assertThat(steps()).containsExactly(ModelStep.RECEIVED, ModelStep.PROMOTED);
  }

  private static Path nextVersion(Path model) throws Exception {
    String contract = OnnxFile.read(model).contract().toJson();
    String before = "\"version\":\"1.0.0\"";
    assertThat(contract).contains(before);
    return OtherContract.write(
        model,
        contract.replace(before, "\"version\":\"" + VERSION + "\""),
        model.resolveSibling("next-version.release"));
  }

  private static Manifest manifest(Path file) {
    Manifest whole =
        ReleaseDraft.of(file)
            .manifest(1, List.of(), CanaryPolicy.DEFAULT.withDeviceShare(1), Expectation.DEFAULT);
    return new Manifest(
        whole.model(),
        whole.version(),
        whole.stream(),
        whole.issuedAtMillis(),
        whole.sha256(),
        whole.sizeBytes(),
        (int) (whole.sizeBytes() / 2) + 1,
        whole.contract(),
        whole.hardware(),
        whole.canary(),
        whole.expected());
  }

  private static Rollout rollout(Manifest manifest) {
    return new Rollout(manifest.model(), manifest.version(), 2, 100, List.of(), false, "a test");
  }

  private static void publishChunk(
      KafkaProducer<byte[], byte[]> producer, Manifest manifest, Path file, int number)
      throws Exception {
    ByteBuffer half =
        ByteBuffer.wrap(Files.readAllBytes(file))
            .slice((int) manifest.offset(number), manifest.length(number));
    producer.send(new ReleaseRecord.Writer().chunk(manifest, number, half)).get();
  }

  private int chunksAtTheSite() {
    ReleaseRecord.Reader records = new ReleaseRecord.Reader();
    List<ReleaseRecord> chunks = new ArrayList<>();
    read(
        Topics.MODELS.name(),
        record -> {
          if (records.read(record.key(), record.value()) instanceof ReleaseRecord.Chunk chunk) {
            chunks.add(chunk);
          }
        });
    return chunks.size();
  }

  /** What the site says of the version. */
  private List<ModelStep> steps() {
    AvroDecoder<ModelStatus> decoder = new AvroDecoder<>(ModelStatus.class);
    List<ModelStep> steps = new ArrayList<>();
    read(
        Topics.MODEL_STATUS.name(),
        record -> {
          if (decoder.decode(record.value()) instanceof Decoded.Value<ModelStatus> status
              && status.value().getModelVersion().equals(VERSION)) {
            steps.add(status.value().getStep());
          }
        });
    return steps;
  }

  private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    try (TopicReader topics = new TopicReader(edge)) {
      topics.readToEnd(topics.beginnings(topics.partitions(List.of(topic))), reader);
    }
  }
}
