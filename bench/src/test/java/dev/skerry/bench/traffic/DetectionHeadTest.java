package dev.skerry.bench.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.AvroEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetectionHeadTest {

  @Test
  void shouldReadWhichQuestionADetectionAnswers() {
    Instant time = Instant.ofEpochMilli(1_800_000_000_000L);
    Detection detection =
        Detection.newBuilder()
            .setDeviceId("machine-1")
            .setSiteId("site-1")
            .setStream("vibration")
            .setEventTime(time)
            .setBootEpoch(7)
            .setSequence(123_456_789_012L)
            .setSource(new SourceRef("telemetry", 3, 5_000_000_000L, time))
            .setInferredAt(time)
            .setModel("m")
            .setModelVersion("1")
            .setRole(ModelRole.CHAMPION)
            .setLabel("a")
            .setConfidence(1)
            .setScores(Map.of("a", 1f))
            .setBoxes(List.of())
            .build();

    DetectionHead.Question question =
        new DetectionHead().read(new AvroEncoder<>(Detection.class).encode(detection));

    assertThat(question).isEqualTo(new DetectionHead.Question(123_456_789_012L, 3, 5_000_000_000L));
  }
}
