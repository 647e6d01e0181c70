package dev.skerry.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.ModelStatusKey;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordFilterTest {

  @Test
  void shouldTellSitesApartByWhatTheValueSays() {
    ConsumerRecord<byte[], byte[]> ours = record(telemetry("local-2"));
    ConsumerRecord<byte[], byte[]> theirs = record(telemetry("local-3"));
    RecordFilter one = RecordFilter.of("local-2");
    assertThat(one.takes(ours)).isTrue();
    assertThat(one.takes(theirs)).isFalse();
    RecordFilter others = RecordFilter.notOf(List.of("local-2"));
    assertThat(others.takes(ours)).isFalse();
    assertThat(others.takes(theirs)).isTrue();
  }

  @Test
  void shouldCountWhatNamesNoSiteToNoneThatIsNamed() {
    for (byte[] value :
        new byte[][] {
          {1, 2, 3},
          new AvroEncoder<>(ModelStatusKey.class).encode(new ModelStatusKey("local-2", "m"))
        }) {
      assertThat(RecordFilter.of("local-2").takes(record(value))).isFalse();
      assertThat(RecordFilter.notOf(List.of("local-2")).takes(record(value))).isTrue();
    }
    assertThat(RecordFilter.of("local-2").takes(record(null))).isFalse();
    assertThat(RecordFilter.all().takes(record(null))).isTrue();
  }

  private static byte[] telemetry(String site) {
    return new AvroEncoder<>(Telemetry.class)
        .encode(
            new Telemetry(
                "device",
                site,
                "vibration",
                Instant.EPOCH,
                0L,
                1L,
                Map.of(),
                new Readings(1, 1, 0f, List.of(1f))));
  }

  private static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value) {
    return new ConsumerRecord<>("telemetry-overflow", 0, 0, new byte[0], value);
  }
}
