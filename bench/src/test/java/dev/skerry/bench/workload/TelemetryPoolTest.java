package dev.skerry.bench.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TelemetryPoolTest {

  private final AvroDecoder<Telemetry> decoder = new AvroDecoder<>(Telemetry.class);

  @Test
  void shouldGiveEachRecordASequenceThatNamesIt() {
    TelemetryPool pool = TelemetryPool.of(Workload.MLP, 1);

    for (long index : new long[] {0, 1, 127, 128, 999, 1_000, 10_000_000, (1L << 33) - 1}) {
      Telemetry telemetry = decode(pool.value(index));
      assertThat(TelemetryPool.index(telemetry.getSequence())).isEqualTo(index);
      assertThat(telemetry.getDeviceId()).isEqualTo(new String(pool.key(index), UTF_8));
    }
  }

  @Test
  void shouldShareTheTrafficBetweenTheStreamsAsTheWorkloadSays() {
    TelemetryPool pool = TelemetryPool.of(Workload.THREE, 1);

    Map<String, Long> records =
        LongStream.range(0, TelemetryPool.SIZE)
            .mapToObj(index -> decode(pool.value(index)).getStream())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    assertThat(records).isEqualTo(Map.of("rare", 10L, "frequent", 100L, "common", 890L));
  }

  @Test
  void shouldGiveTheSameRecordsForTheSameSeed() {
    assertThat(TelemetryPool.of(Workload.FFNN, 3).value(5))
        .isEqualTo(TelemetryPool.of(Workload.FFNN, 3).value(5))
        .isNotEqualTo(TelemetryPool.of(Workload.FFNN, 4).value(5));
  }

  private Telemetry decode(byte[] value) {
    Decoded<Telemetry> decoded = decoder.decode(value);
    assertThat(decoded).isInstanceOf(Decoded.Value.class);
    return ((Decoded.Value<Telemetry>) decoded).value();
  }
}
