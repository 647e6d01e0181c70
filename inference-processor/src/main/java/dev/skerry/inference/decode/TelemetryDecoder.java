package dev.skerry.inference.decode;

import static dev.skerry.schemas.DeadLetterReason.INVALID;
import static dev.skerry.schemas.DeadLetterReason.UNDECODABLE;

import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.Bytes;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.SchemaCatalogue;
import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.schemas.serde.WriterSchemas;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to {@link TelemetryView}, straight where they were written with the current schema; records
 * of older and newer writers are resolved and encoded anew first. Never throws for bad bytes, and
 * allocates nothing for good ones. Not thread-safe: one per worker.
 *
 * <p>What it accepts is what {@link AvroDecoder} accepts, with two rules more: names are UTF-8,
 * because other languages refuse a detection that holds anything else, and they are short, because
 * they are written again in each answer, which must fit its topic.
 */
public final class TelemetryDecoder {

  /** The most bytes that deviceId, siteId, stream and the numbers after them may have. */
  public static final int MAX_HEAD_BYTES = 16 << 10;

  private static final int READINGS = 0;
  private static final int FRAME = 1;
  private static final int MIN_MAP_ENTRY_BYTES = 2;
  private static final int FRAME_ENCODINGS = FrameEncoding.values().length;

  private final int currentSchemaId;
  private final AvroDecoder<Telemetry> resolving;
  private final AvroEncoder<Telemetry> reencoding = new AvroEncoder<>(Telemetry.class);
  private final AvroCursor cursor = new AvroCursor();

  /** Reads what was written with these schemas. */
  public TelemetryDecoder(WriterSchemas schemas) {
    this(schemas, SchemaCatalogue.released().id(Telemetry.getClassSchema()).orElseThrow());
  }

  /** With another id for the current schema, so that released records take the resolving path. */
  TelemetryDecoder(WriterSchemas schemas, int currentSchemaId) {
    this.resolving = new AvroDecoder<>(Telemetry.class, schemas);
    this.currentSchemaId = currentSchemaId;
  }

  /** Reads a record's value into the view, and returns that view or the reason why not. */
  public Reading decode(@Nullable ByteBuffer value, TelemetryView view) {
    if (value == null) {
      return new Reading.Unreadable(UNDECODABLE, "The record has no value (a tombstone).");
    }
    if (isCurrent(value)) {
      int start = value.arrayOffset() + value.position();
      return parse(value.array(), start, start + value.remaining(), view);
    }
    Decoded<Telemetry> decoded = resolving.decode(Bytes.copyOf(value));
    if (decoded instanceof Decoded.Malformed<Telemetry> malformed) {
      return new Reading.Unreadable(malformed.reason(), malformed.detail());
    }
    if (decoded instanceof Decoded.NotYetKnown<Telemetry> unknown) {
      return new Reading.NotYetReadable(unknown.detail());
    }
    byte[] current = reencoding.encode(((Decoded.Value<Telemetry>) decoded).value());
    return parse(current, 0, current.length, view);
  }

  private boolean isCurrent(ByteBuffer value) {
    return value.hasArray()
        && WireFormat.isFramed(value)
        && WireFormat.schemaId(value) == currentSchemaId;
  }

  private Reading parse(byte[] bytes, int start, int end, TelemetryView view) {
    cursor.reset(bytes, start + WireFormat.HEADER_BYTES, end);
    view.bytes = bytes;
    view.recordOffset = start;
    view.recordEnd = end;
    parseHead(view);
    skipAttributes();
    parsePayload(view);
    if (!cursor.failed() && cursor.remaining() > 0) {
      cursor.fail("", "bytes are left over");
    }
    if (cursor.failed()) {
      return new Reading.Unreadable(
          UNDECODABLE, "The bytes are not a Telemetry in their schema: " + cursor.problem());
    }
    if (view.headLength() > MAX_HEAD_BYTES) {
      return new Reading.Unreadable(
          INVALID,
          "deviceId, siteId and stream have %d bytes; at most %d are admitted."
              .formatted(view.headLength(), MAX_HEAD_BYTES));
    }
    return view;
  }

  private void parseHead(TelemetryView view) {
    view.headOffset = cursor.position();
    view.deviceIdLength = skipText(view.bytes, "deviceId");
    view.deviceIdOffset = cursor.position() - view.deviceIdLength;
    skipText(view.bytes, "siteId");
    view.streamLength = skipText(view.bytes, "stream");
    view.streamOffset = cursor.position() - view.streamLength;
    cursor.skipLong("eventTime");
    cursor.skipLong("bootEpoch");
    cursor.skipLong("sequence");
    view.headEnd = cursor.position();
  }

  private int skipText(byte[] bytes, String field) {
    int length = cursor.skipLengthPrefixed(field);
    if (!cursor.failed() && !Utf8.isValid(bytes, cursor.position() - length, length)) {
      cursor.fail(field, " is not UTF-8");
      return 0;
    }
    return length;
  }

  private void skipAttributes() {
    int count = cursor.readBlockCount("attributes", MIN_MAP_ENTRY_BYTES);
    while (count > 0) {
      for (int i = 0; i < count && !cursor.failed(); i++) {
        cursor.skipLengthPrefixed("attributes");
        cursor.skipLengthPrefixed("attributes");
      }
      count = cursor.readBlockCount("attributes", MIN_MAP_ENTRY_BYTES);
    }
  }

  private void parsePayload(TelemetryView view) {
    int branch = cursor.readInt("payload");
    view.frame = branch == FRAME;
    if (branch == READINGS) {
      parseReadings(view);
    } else if (branch == FRAME) {
      parseFrame(view);
    } else {
      cursor.fail("payload", " is neither Readings nor Frame");
    }
  }

  private void parseReadings(TelemetryView view) {
    view.channels = cursor.readInt("channels");
    view.steps = cursor.readInt("steps");
    cursor.skip(Float.BYTES, "sampleRateHz");
    view.valuesOffset = cursor.position();
    view.valueCount = 0;
    int count = cursor.readBlockCount("values", Float.BYTES);
    while (count > 0) {
      cursor.skip(count * Float.BYTES, "values");
      view.valueCount += count;
      count = cursor.readBlockCount("values", Float.BYTES);
    }
  }

  private void parseFrame(TelemetryView view) {
    int encoding = cursor.readInt("encoding");
    if (encoding < 0 || encoding >= FRAME_ENCODINGS) {
      cursor.fail("encoding", " is not of the schema");
    }
    view.frameWidth = cursor.readInt("width");
    view.frameHeight = cursor.readInt("height");
    view.frameDataLength = cursor.skipLengthPrefixed("data");
    view.frameDataOffset = cursor.position() - view.frameDataLength;
    view.valueCount = 0;
  }
}
