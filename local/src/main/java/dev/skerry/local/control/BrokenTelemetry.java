package dev.skerry.local.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.WireFormat;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;

/** Records of telemetry that nothing can answer, each time one of another kind. Thread-safe. */
final class BrokenTelemetry {

  static final String DEVICE = "out-of-order";

  private static final int UNKNOWN_SCHEMA = 77;
  private static final int CUT_OFF = 3;

  private final String siteId;
  private final InstantSource clock;
  private final AtomicInteger made = new AtomicInteger();

  BrokenTelemetry(String siteId, InstantSource clock) {
    this.siteId = siteId;
    this.clock = clock;
  }

  /** A record's value, and what is wrong with it, for people. */
  record Broken(ByteBuffer value, String what) {

    Broken(byte[] value, String what) {
      this(ByteBuffer.wrap(value), what);
    }
  }

  synchronized Broken next() {
    int number = made.getAndIncrement();
    byte[] good = telemetry("vibration", number, 1f);
    return switch (number % 5) {
      case 0 -> new Broken("no Avro at all".getBytes(UTF_8), "that is no Avro");
      case 1 -> new Broken(good, "of another shape than the model's");
      case 2 -> new Broken(telemetry("unheard-of", number, 1f), "of a stream without a model");
      case 3 ->
          new Broken(Arrays.copyOf(good, good.length - CUT_OFF), "whose last bytes are missing");
      default -> {
        WireFormat.writeHeader(good, UNKNOWN_SCHEMA);
        yield new Broken(good, "with a schema that nobody knows");
      }
    };
  }

  private byte[] telemetry(String stream, long sequence, float value) {
    return new AvroEncoder<>(Telemetry.class)
        .encode(
            Telemetry.newBuilder()
                .setDeviceId(DEVICE)
                .setSiteId(siteId)
                .setStream(stream)
                .setEventTime(clock.instant())
                .setSequence(sequence)
                .setPayload(
                    Readings.newBuilder()
                        .setChannels(1)
                        .setSteps(2)
                        .setValues(Collections.nCopies(2, value))
                        .build())
                .build());
  }
}
