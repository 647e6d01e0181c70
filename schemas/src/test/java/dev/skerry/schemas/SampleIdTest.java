package dev.skerry.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SampleIdTest {

  @Test
  void shouldStayTheSameForEver() {
    // md5("plant-a/telemetry/2/1001/1767355200128"), with the version and variant of RFC 9562.
    assertThat(SampleId.of("plant-a", "telemetry", 2, 1001, 1_767_355_200_128L))
        .isEqualTo(SampleId.of("plant-a", SampleRecords.source()))
        .isEqualTo(UUID.fromString("2e99cfad-d8a5-35c5-8fb2-d96fdc994397"));
  }

  @Test
  void shouldTellTheSameOffsetOfATopicThatWasMadeAnewApart() {
    assertThat(SampleId.of("plant-a", "telemetry", 2, 1001, 1L))
        .isNotEqualTo(SampleId.of("plant-a", "telemetry", 2, 1001, 2L));
  }
}
