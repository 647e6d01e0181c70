package dev.skerry.retrain;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.SampleId;
import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/** Candidates and samples for tests: what is not said is the same for all. Immutable. */
public record SomeSamples(
    String site,
    String device,
    String stream,
    String label,
    float uncertainty,
    List<SampleReason> reasons,
    Map<String, String> attributes,
    Object payload) {

  private static final Instant EVENT_TIME = Instant.parse("2025-03-09T10:00:00Z");

  /** Of a machine's vibration, of a model that is unsure. */
  public static SomeSamples of(String site, String device) {
    return new SomeSamples(
        site,
        device,
        "vibration",
        "normal",
        0.625f,
        List.of(SampleReason.LOW_CONFIDENCE),
        Map.of(),
        readings(List.of(0.5f, 1f, 1.5f, 2f)));
  }

  public SomeSamples stream(String other) {
    return new SomeSamples(site, device, other, label, uncertainty, reasons, attributes, payload);
  }

  public SomeSamples label(String other) {
    return new SomeSamples(site, device, stream, other, uncertainty, reasons, attributes, payload);
  }

  public SomeSamples uncertainty(double other) {
    return new SomeSamples(
        site, device, stream, label, (float) other, reasons, attributes, payload);
  }

  public SomeSamples reasons(SampleReason... others) {
    return new SomeSamples(
        site, device, stream, label, uncertainty, List.of(others), attributes, payload);
  }

  public SomeSamples attributes(Map<String, String> others) {
    return new SomeSamples(site, device, stream, label, uncertainty, reasons, others, payload);
  }

  public SomeSamples payload(Object other) {
    return new SomeSamples(site, device, stream, label, uncertainty, reasons, attributes, other);
  }

  /** With readings that no other seed gives. */
  public SomeSamples noise(long seed) {
    Random random = new Random(seed);
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      values.add((float) random.nextGaussian());
    }
    return payload(readings(values));
  }

  /** One channel of so many steps. */
  public static Readings readings(List<Float> values) {
    return Readings.newBuilder()
        .setChannels(1)
        .setSteps(values.size())
        .setSampleRateHz(1_000)
        .setValues(values)
        .build();
  }

  /** A picture of blocks that no other seed gives. */
  public static BufferedImage picture(int width, int height, long seed) {
    Random random = new Random(seed);
    int[] colours = random.ints(64).toArray();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colours[y * 8 / height * 8 + x * 8 / width]);
      }
    }
    return image;
  }

  public static Frame frame(BufferedImage image, FrameEncoding encoding) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, encoding.name().toLowerCase(Locale.ROOT), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Frame.newBuilder()
        .setEncoding(encoding)
        .setWidth(image.getWidth())
        .setHeight(image.getHeight())
        .setData(ByteBuffer.wrap(bytes.toByteArray()))
        .build();
  }

  /** The nth of its device. */
  public RetrainingSample sample(long sequence) {
    Telemetry telemetry =
        Telemetry.newBuilder()
            .setDeviceId(device)
            .setSiteId(site)
            .setStream(stream)
            .setEventTime(EVENT_TIME)
            .setSequence(sequence)
            .setAttributes(attributes)
            .setPayload(payload)
            .build();
    Detection detection =
        Detection.newBuilder()
            .setDeviceId(device)
            .setSiteId(site)
            .setStream(stream)
            .setEventTime(EVENT_TIME)
            .setSequence(sequence)
            .setSource(new SourceRef("telemetry", 0, sequence, EVENT_TIME))
            .setInferredAt(EVENT_TIME)
            .setModel("machine-state")
            .setModelVersion("1")
            .setLabel(label)
            .setConfidence(1 - uncertainty)
            .setScores(Map.of(label, 1 - uncertainty))
            .setRole(ModelRole.CHAMPION)
            .setBoxes(List.of())
            .build();
    return RetrainingSample.newBuilder()
        .setSampleId(
            SampleId.of(site, device + "-" + stream, 0, sequence, EVENT_TIME.toEpochMilli()))
        .setReasons(reasons)
        .setUncertainty(uncertainty)
        .setDetection(detection)
        .setTelemetry(telemetry)
        .build();
  }

  /** The nth of its device as a topic holds it. */
  public byte[] bytes(long sequence) {
    return new AvroEncoder<>(RetrainingSample.class).encode(sample(sequence));
  }
}
