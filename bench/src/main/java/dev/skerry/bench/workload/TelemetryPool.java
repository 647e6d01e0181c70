package dev.skerry.bench.workload;

import static java.util.Objects.requireNonNull;

import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Telemetry records by number, without end: record i is a copy of template i modulo {@link #SIZE}
 * with a sequence of its own, so that making one costs next to nothing and any answer can be told
 * from its sequence. Immutable.
 */
public final class TelemetryPool {

  /** How many records differ in more than their sequence. */
  public static final int SIZE = 1_000;

  private static final int DEVICES = 200;

  /** From here on, and for 2^33 numbers, a sequence has five bytes in Avro. */
  private static final long FIRST_SEQUENCE = 1L << 33;

  private static final int SEQUENCE_BYTES = 5;
  private static final long MARKER = 0x1_5A5A_5A5AL;

  private final List<Template> templates;

  /** One kind of record: its bytes hold a sequence that is to be written over. */
  static final class Template {
    private final ScoredStream stream;
    private final Object payload;
    private final byte[] key;
    private final byte[] value;
    private final int sequenceAt;

    private Template(ScoredStream stream, Object payload, String deviceId, byte[] value) {
      this.stream = stream;
      this.payload = payload;
      this.key = deviceId.getBytes(StandardCharsets.UTF_8);
      this.value = value;
      this.sequenceAt = find(value);
    }

    ScoredStream stream() {
      return stream;
    }

    Object payload() {
      return payload;
    }
  }

  private TelemetryPool(List<Template> templates) {
    this.templates = templates;
  }

  /** The same seed gives the same records. */
  public static TelemetryPool of(Workload workload, long seed) {
    Random random = new Random(seed);
    List<ScoredStream> streams = new ArrayList<>();
    Map<ScoredStream, Supplier<Object>> payloads = new HashMap<>();
    for (ScoredStream stream : workload.streams()) {
      streams.addAll(Collections.nCopies(SIZE / 100 * stream.percent(), stream));
      payloads.put(stream, stream.payloads(random));
    }
    Collections.shuffle(streams, random);
    AvroEncoder<Telemetry> encoder = new AvroEncoder<>(Telemetry.class);
    List<Template> templates = new ArrayList<>();
    for (ScoredStream stream : streams) {
      Object payload = requireNonNull(payloads.get(stream)).get();
      templates.add(template(stream, payload, templates.size() % DEVICES, encoder));
    }
    return new TelemetryPool(List.copyOf(templates));
  }

  private static Template template(
      ScoredStream stream, Object payload, int device, AvroEncoder<Telemetry> encoder) {
    String deviceId = "machine-%03d".formatted(device);
    byte[] encoded =
        encoder.encode(
            Telemetry.newBuilder()
                .setDeviceId(deviceId)
                .setSiteId("site-1")
                .setStream(stream.stream())
                .setEventTime(Instant.ofEpochMilli(1_800_000_000_000L))
                .setBootEpoch(0)
                .setSequence(FIRST_SEQUENCE + MARKER)
                .setAttributes(Map.of())
                .setPayload(payload)
                .build());
    return new Template(stream, payload, deviceId, encoded);
  }

  private static int find(byte[] encoded) {
    byte[] marker = new byte[SEQUENCE_BYTES];
    writeSequence(marker, 0, MARKER);
    for (int at = 0; at + SEQUENCE_BYTES <= encoded.length; at++) {
      if (Arrays.equals(encoded, at, at + SEQUENCE_BYTES, marker, 0, SEQUENCE_BYTES)) {
        return at;
      }
    }
    throw new IllegalStateException("Telemetry does not hold its sequence as a number");
  }

  /** The key of record i; not to be changed. */
  public byte[] key(long index) {
    return template(index).key;
  }

  /** The value of record i, a new array. */
  public byte[] value(long index) {
    Template template = template(index);
    byte[] value = template.value.clone();
    writeSequence(value, template.sequenceAt, index);
    return value;
  }

  /** Which record has this sequence. */
  public static long index(long sequence) {
    return sequence - FIRST_SEQUENCE;
  }

  /** Zigzag and seven bits to a byte, as Avro writes a long. */
  private static void writeSequence(byte[] target, int at, long index) {
    long rest = (FIRST_SEQUENCE + index) << 1;
    for (int i = 0; i < SEQUENCE_BYTES - 1; i++) {
      target[at + i] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    target[at + SEQUENCE_BYTES - 1] = (byte) rest;
  }

  Template template(long index) {
    return templates.get((int) (index % SIZE));
  }
}
