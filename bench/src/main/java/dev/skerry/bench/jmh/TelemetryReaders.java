package dev.skerry.bench.jmh;

import com.sun.net.httpserver.HttpServer;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.AvroSafety;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.serde.WireFormat;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The same bytes to the same generated class: by our decoder and our Kafka deserializer, by Avro's
 * own reader, which knows nothing of ids, and by Apicurio's serde, told to read Confluent's format.
 */
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TelemetryReaders {

  /** Floats in the record. */
  @Param({"64", "784"})
  int values;

  private final AvroDecoder<Telemetry> decoder = new AvroDecoder<>(Telemetry.class);
  private final SkerryAvroDeserializer<Telemetry> deserializer =
      new SkerryAvroDeserializer<>(Telemetry.class);
  private SpecificDatumReader<Telemetry> avro;
  private @Nullable BinaryDecoder reused;
  private HttpServer registry;
  private Deserializer<Telemetry> apicurio;
  private byte[] encoded;

  @Setup
  public void encode() throws IOException {
    AvroSafety.enable();
    avro = new SpecificDatumReader<>(Telemetry.class);
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
    registry = registry();
    apicurio = new AvroKafkaDeserializer<>();
    apicurio.configure(
        Map.of(
            "apicurio.registry.url",
            "http://127.0.0.1:" + registry.getAddress().getPort() + "/apis/registry/v2",
            "apicurio.registry.as-confluent",
            true,
            "apicurio.registry.use-id",
            "contentId",
            "apicurio.registry.use-specific-avro-reader",
            true),
        false);
  }

  /** Answers whatever Apicurio's client asks once, before it remembers. */
  private static HttpServer registry() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean references = exchange.getRequestURI().getPath().endsWith("/references");
          String answer = references ? "[]" : Telemetry.getClassSchema().toString();
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  @TearDown
  public void stop() {
    apicurio.close();
    registry.stop(0);
  }

  @Benchmark
  public Decoded<Telemetry> avroDecoder() {
    return decoder.decode(encoded);
  }

  @Benchmark
  public Telemetry kafkaDeserializer() {
    return deserializer.deserialize("telemetry", encoded);
  }

  @Benchmark
  public Telemetry avroSpecificDatumReader() throws IOException {
    reused =
        DecoderFactory.get()
            .binaryDecoder(
                encoded, WireFormat.HEADER_BYTES, encoded.length - WireFormat.HEADER_BYTES, reused);
    return avro.read(null, reused);
  }

  @Benchmark
  public Telemetry apicurioKafkaDeserializer() {
    return apicurio.deserialize("telemetry", encoded);
  }
}
