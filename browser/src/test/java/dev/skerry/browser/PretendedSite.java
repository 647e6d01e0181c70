package dev.skerry.browser;

import dev.skerry.broker.FreePorts;
import dev.skerry.console.ConsoleConfig;
import dev.skerry.console.picture.Picture;
import dev.skerry.console.read.Figures;
import dev.skerry.console.read.Offsets;
import dev.skerry.console.read.PartSight;
import dev.skerry.console.read.Seen;
import dev.skerry.console.read.SiteControl;
import dev.skerry.console.web.Behind;
import dev.skerry.console.web.Broadcast;
import dev.skerry.console.web.ConsoleServer;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A console whose site is only pretended, second by second as fast as somebody asks for them: a
 * fleet and a camera, a dead letter now and then, canaries that come and go. Not thread-safe.
 */
final class PretendedSite implements AutoCloseable, Behind {

  private static final long BEGAN_MILLIS = 1_800_000_000_000L;
  private static final int DETECTIONS = 10;
  private static final List<String> LABELS =
      List.of("normal", "unbalance", "misalignment", "bearing-outer");

  private final AvroEncoder<Detection> detections = new AvroEncoder<>(Detection.class);
  private final AvroEncoder<DeadLetter> letters = new AvroEncoder<>(DeadLetter.class);
  private final Picture picture = new Picture("pretended", WriterSchemas.catalogue());
  private final Broadcast broadcast = new Broadcast();
  private final Random random = new Random(7);
  private final byte[] image = PretendedFrame.png();
  private final String url;
  private final ConsoleServer server;
  private long second;

  PretendedSite() {
    int port = FreePorts.next();
    url = "http://127.0.0.1:" + port;
    server = ConsoleServer.start(at(port), broadcast, picture.history(), this, Optional.empty());
  }

  String url() {
    return url;
  }

  /** Lets a second pass, and returns the time that the page then shows. */
  long pass() {
    second++;
    long now = BEGAN_MILLIS + second * 1_000;
    for (int i = 0; i < DETECTIONS; i++) {
      take(Topics.DETECTIONS.name(), detections.encode(detection(i, now)), now);
    }
    if (second % 30 == 0) {
      take(Topics.DEAD_LETTERS.name(), letters.encode(letter(now)), now);
    }
    broadcast.publish(picture.look(now, asked()), picture.lettersVersion(), picture.letters());
    return now;
  }

  private void take(String topic, byte[] value, long now) {
    picture.take(
        new Seen(
            new ConsumerRecord<>(topic, 0, second * DETECTIONS, new byte[0], value), now, false));
  }

  private Detection detection(int i, long now) {
    boolean isFrame = i == 0;
    boolean isCanary = second / 300 % 2 == 1 && i % 4 == 1;
    String label = LABELS.get(random.nextInt(LABELS.size()));
    float confidence = random.nextFloat();
    return Detection.newBuilder()
        .setDeviceId((isFrame ? "camera-" : "machine-") + random.nextInt(500))
        .setSiteId("pretended")
        .setStream(isFrame ? "surface" : "vibration")
        .setEventTime(Instant.ofEpochMilli(now))
        .setSequence(second)
        .setSource(
            new SourceRef(
                isFrame ? Topics.TELEMETRY_FRAMES.name() : Topics.TELEMETRY.name(),
                0,
                second * DETECTIONS + i,
                Instant.ofEpochMilli(now - 20 - random.nextInt(40))))
        .setInferredAt(Instant.ofEpochMilli(now))
        .setModel(isFrame ? "surface-defects" : "vibration-faults")
        .setModelVersion(isCanary ? "1." + second / 600 + ".1" : "1.0.0")
        .setRole(isCanary ? ModelRole.CANARY : ModelRole.CHAMPION)
        .setLabel(label)
        .setConfidence(confidence)
        .setLowConfidence(confidence < 0.1)
        .setScores(Map.of(label, confidence))
        .setBoxes(isFrame ? PretendedFrame.boxes() : List.of())
        .build();
  }

  private DeadLetter letter(long now) {
    DeadLetter letter = new DeadLetter();
    letter.setSiteId("pretended");
    letter.setStage("inference");
    letter.setReason(DeadLetterReason.NOT_AVRO);
    letter.setDetail("It begins with " + random.nextInt(256) + ", and 0 was expected.");
    letter.setFailedAt(Instant.ofEpochMilli(now));
    letter.setSource(
        new SourceRef(Topics.TELEMETRY.name(), 0, second, Instant.ofEpochMilli(now - 20)));
    letter.setOriginalValue(ByteBuffer.wrap(new byte[] {42, 1, (byte) second}));
    letter.setOriginalHeaders(List.of());
    return letter;
  }

  private Picture.Asked asked() {
    long backlog = second % 120 < 40 ? second % 120 * 50 : 0;
    Map<String, PartSight> parts =
        Map.of(
            "inference-processor",
            part(
                "skerry_inference_batch_size_count "
                    + second
                    + "\nskerry_inference_batch_size_sum "
                    + second * 7),
            "mirror",
            part(
                "skerry_link_up 1\nskerry_mirror_sent_bytes_total "
                    + second * 900
                    + "\nskerry_link_backlog_records{topic=\"aggregates\"} "
                    + backlog),
            "aggregator",
            part(
                "skerry_drift_psi{stream=\"vibration\",subject=\"INPUTS\",name=\"0\"} "
                    + random.nextDouble()
                    + "\nskerry_drift_threshold{stream=\"vibration\",subject=\"INPUTS\",name=\"0\"} 0.2"),
            "warehouse",
            part("skerry_warehouse_rows{table=\"aggregates\"} " + second * 3));
    return new Picture.Asked(
        parts,
        Optional.of(new Offsets(second * 9, second, random.nextInt(5), second * 4_000)),
        new Picture.Reach(Optional.empty()),
        Optional.of(new Picture.Reach(Optional.empty())),
        SiteControl.State.NONE);
  }

  private static PartSight part(String metrics) {
    return new PartSight(
        "a part", PartSight.Health.UP, "ok", Figures.parse(metrics), List.of(), Optional.empty());
  }

  @Override
  public Optional<Telemetry> telemetry(String topic, int partition, long offset) {
    boolean isFrame = topic.equals(Topics.TELEMETRY_FRAMES.name());
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < 1_024; i++) {
      values.add((float) Math.sin(i * 0.1 + offset));
    }
    return Optional.of(
        Telemetry.newBuilder()
            .setDeviceId("machine-1")
            .setSiteId("pretended")
            .setStream(isFrame ? "surface" : "vibration")
            .setEventTime(Instant.ofEpochMilli(BEGAN_MILLIS))
            .setSequence(offset)
            .setPayload(
                isFrame
                    ? new Frame(
                        FrameEncoding.PNG,
                        PretendedFrame.WIDTH,
                        PretendedFrame.HEIGHT,
                        ByteBuffer.wrap(image))
                    : new Readings(2, 512, 1_000f, values))
            .build());
  }

  @Override
  public Optional<String> report(int datasetVersion) {
    return Optional.empty();
  }

  private static ConsoleConfig.Http at(int port) {
    return new ConsoleConfig.Http() {
      @Override
      public String host() {
        return "127.0.0.1";
      }

      @Override
      public int port() {
        return port;
      }

      @Override
      public List<String> names() {
        return List.of("127.0.0.1");
      }
    };
  }

  @Override
  public void close() {
    broadcast.close();
    server.close();
  }
}
