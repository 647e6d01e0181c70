package dev.skerry.bench.jmh;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.Decoded;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Bytes of telemetry to the generated class: what every part but the processor pays for one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TelemetryDecoding {

  /** Floats in the record. */
  @Param({"64", "784"})
  int values;

  private final AvroDecoder<Telemetry> decoder = new AvroDecoder<>(Telemetry.class);
  private byte[] encoded;

  @Setup
  public void encode() {
    List<Float> readings = IntStream.range(0, values).mapToObj(i -> i * 0.5f).toList();
    encoded =
        new AvroEncoder<>(Telemetry.class)
            .encode(
                Telemetry.newBuilder()
                    .setDeviceId("machine-017")
                    .setSiteId("site-1")
                    .setStream("vibration")
                    .setEventTime(Instant.ofEpochMilli(1_800_000_000_000L))
                    .setSequence(123_456)
                    .setAttributes(Map.of())
                    .setPayload(new Readings(1, values, 0f, readings))
                    .build());
  }

  @Benchmark
  public Decoded<Telemetry> generatedClass() {
    return decoder.decode(encoded);
  }
}
