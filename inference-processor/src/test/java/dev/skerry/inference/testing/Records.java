package dev.skerry.inference.testing;

import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.WireFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Telemetry for tests. */
public final class Records {

  private Records() {}

  /** A window of random values. */
  public static Telemetry readings(
      String device, String stream, long sequence, int channels, int steps, Random random) {
    float[] values = new float[channels * steps];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return readings(device, stream, sequence, channels, steps, values);
  }

  /** A window of these values. */
  public static Telemetry readings(
      String device, String stream, long sequence, int channels, int steps, float... values) {
    return telemetry(
        device, stream, sequence, new Readings(channels, steps, 0f, TestModels.boxed(values)));
  }

  /** A frame with bytes that are no image. */
  public static Telemetry frame(String device, String stream, long sequence, int dataBytes) {
    return telemetry(
        device,
        stream,
        sequence,
        new Frame(FrameEncoding.JPEG, 640, 480, ByteBuffer.wrap(new byte[dataBytes])));
  }

  /** A frame with an image, and the size that the record says. */
  public static Telemetry frame(
      String device, String stream, long sequence, byte[] image, int width, int height) {
    return telemetry(
        device,
        stream,
        sequence,
        new Frame(FrameEncoding.JPEG, width, height, ByteBuffer.wrap(image)));
  }

  private static Telemetry telemetry(String device, String stream, long sequence, Object payload) {
    return new Telemetry(
        device,
        "site-1",
        stream,
        Instant.ofEpochMilli(1_700_000_000_000L + sequence),
        3L,
        sequence,
        Map.of("label.fault", "bearing-inner"),
        payload);
  }

  /** The telemetry in the wire format. */
  public static byte[] encode(Telemetry telemetry) {
    return new AvroEncoder<>(Telemetry.class).encode(telemetry);
  }

  /** The value as a record that was polled. */
  public static ConsumerRecord<byte[], ByteBuffer> polled(
      long offset, @Nullable String key, byte @Nullable [] value) {
    return new ConsumerRecord<>(
        "telemetry",
        2,
        offset,
        1_800_000_000_000L,
        TimestampType.LOG_APPEND_TIME,
        key == null ? -1 : key.length(),
        value == null ? -1 : value.length,
        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
        value == null ? null : fetched(value),
        new RecordHeaders(),
        Optional.empty());
  }

  /** The value as a record of {@code telemetry} that a consumer is handed. */
  public static ConsumerRecord<byte[], ByteBuffer> delivered(
      int partition, long offset, byte[] value) {
    byte[] key = "p".getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>("telemetry", partition, offset, key, fetched(value));
  }

  /** The value as it lies among others in what a consumer fetched. */
  public static ByteBuffer fetched(byte[] value) {
    byte[] fetch = new byte[value.length + 32];
    Arrays.fill(fetch, (byte) 0x55); // A number of one byte, and text: whatever is read too far.
    ByteBuffer batch = ByteBuffer.wrap(fetch, 5, value.length + 20).slice();
    return batch.put(9, value).position(9).limit(9 + value.length);
  }

  /** A reading of the stream {@code pump}, one channel of two steps, in the wire format. */
  public static byte[] pump(long sequence) {
    return encode(readings("p", "pump", sequence, 1, 2, 1f, 3f));
  }

  /** The same value with the id of a schema that this release does not know yet. */
  public static byte[] ofNewerRelease(byte[] value) {
    byte[] newer = value.clone();
    WireFormat.writeHeader(newer, 1_099_999);
    return newer;
  }
}
