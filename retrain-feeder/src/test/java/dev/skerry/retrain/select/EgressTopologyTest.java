package dev.skerry.retrain.select;

import static dev.skerry.retrain.select.SelectDriver.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.retrain.SomeSamples;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves a site through the samples, under each policy: that, and nothing else. */
class EgressTopologyTest {

  private static final String SECRET = "secret-of-the-house";
  private static final Frame FRAME =
      SomeSamples.frame(SomeSamples.picture(320, 240, 1), FrameEncoding.JPEG);

  @TempDir private Path dir;
  private Path key;

  @BeforeEach
  void writeKey() throws IOException {
    key = Files.write(dir.resolve("pseudonym.key"), new byte[32]);
  }

  @Test
  void shouldKeepFramesAtTheSiteByDefault() {
    assertThat(leaving(frames("cam-1"), Map.of())).isEmpty();
  }

  @Test
  void shouldKeepAStreamAtTheSiteOfWhichOnePartSaysSo() {
    RetrainingSample mixed = SomeSamples.of("plant-1", "pump-1").sample(1);
    mixed.getDetection().setStream("private");
    assertThat(leavingOf(mixed, Map.of("select.egress.streams", "private=none"))).isEmpty();
  }

  @Test
  void shouldLetOutFramesOfAStreamThatIsNamed() {
    List<TestRecord<byte[], byte[]>> leaving =
        leaving(frames("cam-1"), Map.of("select.egress.streams", "surface=full"));
    assertThat(leaving)
        .singleElement()
        .extracting(TestRecord::value)
        .isEqualTo(frames("cam-1").bytes(1));
  }

  @Test
  void shouldLetOutNoByteOfARedactedFrameButItsPixels() {
    List<TestRecord<byte[], byte[]>> leaving =
        leaving(
            frames(SECRET).attributes(Map.of("operator", SECRET, "line", "4")),
            Map.of(
                "select.egress.streams", "surface=redacted",
                "select.egress.keep-attributes", "line",
                "select.egress.frame-max-side", "64"));
    RetrainingSample sample = only(leaving);
    Frame frame = (Frame) sample.getTelemetry().getPayload();
    assertThat(frame.getWidth()).isEqualTo(64);
    assertThat(frame.getHeight()).isEqualTo(48);
    assertThat(frame.getData()).isNotEqualTo(FRAME.getData());
    assertThat(sample.getTelemetry().getAttributes())
        .containsOnlyKeys("line", "skerry.egress")
        .containsEntry("skerry.egress", "redacted");
    assertThat(sample.getTelemetry().getDeviceId())
        .startsWith("device-")
        .isEqualTo(sample.getDetection().getDeviceId());
    assertSaysNothing(leaving);
  }

  @Test
  void shouldLetOutFeaturesOfWhichThePayloadCannotBeMade() {
    RetrainingSample ofReadings =
        only(
            leaving(
                SomeSamples.of("plant-1", SECRET).noise(3).attributes(Map.of("who", SECRET)),
                Map.of("select.egress.readings", "features")));
    Readings features = (Readings) ofReadings.getTelemetry().getPayload();
    assertThat(features.getValues()).hasSize(20).hasSizeLessThan(64);
    RetrainingSample ofFrame =
        only(leaving(frames(SECRET), Map.of("select.egress.frames", "features")));
    assertThat(ofFrame.getTelemetry().getPayload()).isInstanceOf(Readings.class);
    assertThat(ofFrame.getTelemetry().getAttributes())
        .isEqualTo(Map.of("skerry.egress", "features"));
  }

  @Test
  void shouldLetOutNoHeadersOfWhatIsHidden() {
    try (SelectDriver run = run(Map.of("select.egress.readings", "redacted"))) {
      RecordHeaders headers = new RecordHeaders();
      headers.add("operator", SECRET.getBytes(UTF_8));
      byte[] value = SomeSamples.of("plant-1", SECRET).bytes(1);
      run.pipe(SECRET.getBytes(UTF_8), value, headers, NOON);
      List<TestRecord<byte[], byte[]>> leaving = run.selectedRecords();
      assertThat(leaving).hasSize(1);
      assertSaysNothing(leaving);
    }
  }

  @Test
  void shouldScaleAndEncodeFramesAnewWhereThePolicySaysSo() {
    RetrainingSample sample =
        only(
            leaving(
                frames("cam-1").attributes(Map.of("line", "4")),
                Map.of(
                    "select.egress.frames", "full",
                    "select.egress.frame-encoding", "png",
                    "select.egress.frame-max-side", "160")));
    Frame frame = (Frame) sample.getTelemetry().getPayload();
    assertThat(frame.getEncoding()).isEqualTo(FrameEncoding.PNG);
    assertThat(frame.getWidth()).isEqualTo(160);
    assertThat(sample.getTelemetry().getDeviceId()).isEqualTo("cam-1");
    assertThat(sample.getTelemetry().getAttributes())
        .isEqualTo(Map.of("line", "4", "skerry.egress", "full"));
  }

  @Test
  void shouldKeepAFrameThatCannotBeRead() {
    Frame broken =
        Frame.newBuilder(FRAME).setData(java.nio.ByteBuffer.wrap(SECRET.getBytes(UTF_8))).build();
    try (SelectDriver run = run(Map.of("select.egress.frames", "full"))) {
      run.pipe(frames("cam-1").payload(broken), NOON);
      assertThat(run.count()).isZero();
      assertThat(run.refused("unreadable")).isEqualTo(1);
    }
  }

  @Test
  void shouldWriteNothingThatTheMirrorTakesButSamples() {
    Set<String> mirrored =
        Set.copyOf(Topics.mirroredFrom(Side.EDGE).stream().map(Topic::name).toList());
    try (SelectDriver run = run(Map.of("select.egress.frames", "none"))) {
      run.pipe(frames(SECRET), NOON);
      run.pipe(SomeSamples.of("plant-1", "pump-1").noise(1), NOON);
      run.pipe(null, SECRET.getBytes(UTF_8), new RecordHeaders(), NOON);
      run.silence();
      assertThat(run.driver().producedTopicNames())
          .filteredOn(mirrored::contains)
          .containsExactly(Topics.RETRAINING_SAMPLES.name());
      assertSaysNothing(run.selectedRecords());
    }
  }

  @Test
  void shouldNotHideWithoutAKey() {
    assertThatThrownBy(
            () -> new SelectDriver(dir.resolve("x"), Map.of("select.egress.readings", "redacted")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("select.egress.pseudonym-key");
  }

  private static SomeSamples frames(String device) {
    return SomeSamples.of("plant-1", device).stream("surface").payload(FRAME);
  }

  private List<TestRecord<byte[], byte[]>> leaving(
      SomeSamples candidate, Map<String, String> overrides) {
    return leavingOf(candidate.sample(1), overrides);
  }

  private List<TestRecord<byte[], byte[]>> leavingOf(
      RetrainingSample candidate, Map<String, String> overrides) {
    try (SelectDriver run = run(overrides)) {
      byte[] value =
          new dev.skerry.schemas.serde.AvroEncoder<>(RetrainingSample.class).encode(candidate);
      run.pipe(
          candidate.getTelemetry().getDeviceId().getBytes(UTF_8), value, new RecordHeaders(), NOON);
      return run.selectedRecords();
    }
  }

  private SelectDriver run(Map<String, String> overrides) {
    Map<String, String> settings = new HashMap<>(overrides);
    settings.put("select.egress.pseudonym-key", key.toString());
    return new SelectDriver(dir.resolve("state-" + settings.hashCode()), settings);
  }

  private static RetrainingSample only(List<TestRecord<byte[], byte[]>> leaving) {
    assertThat(leaving).hasSize(1);
    return new SkerryAvroDeserializer<>(RetrainingSample.class)
        .deserialize(Topics.RETRAINING_SAMPLES.name(), leaving.get(0).value());
  }

  /** In no byte of a record, wherever it may be written. */
  private static void assertSaysNothing(List<TestRecord<byte[], byte[]>> leaving) {
    for (TestRecord<byte[], byte[]> record : leaving) {
      assertThat(new String(record.key(), UTF_8)).doesNotContain(SECRET);
      assertThat(new String(record.value(), UTF_8)).doesNotContain(SECRET);
      assertThat(record.headers().toArray()).isEmpty();
    }
  }
}
