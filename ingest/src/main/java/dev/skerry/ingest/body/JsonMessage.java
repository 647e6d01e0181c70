package dev.skerry.ingest.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.skerry.ingest.body.Read.Understood;
import dev.skerry.ingest.body.Read.Unreadable;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message in JSON, field by field; each may be there once, and no other. */
final class JsonMessage {

  private static final int MAX_ATTRIBUTES = 64;

  private @Nullable String deviceId;
  private @Nullable String siteId;
  private @Nullable String stream;
  private @Nullable Instant eventTime;
  private @Nullable Long bootEpoch;
  private @Nullable Long sequence;
  private @Nullable Map<String, String> attributes;
  private @Nullable Readings readings;

  private JsonMessage() {}

  /** Reads from the object's start, where the parser is, to its end. */
  static Read read(JsonParser parser, byte[] bytes, Addressee addressee) throws IOException {
    long from = parser.currentTokenLocation().getByteOffset();
    int depth = parser.getParsingContext().getNestingDepth();
    JsonMessage message = new JsonMessage();
    try {
      message.readFields(parser);
      Original original =
          new Original(
              JsonBody.MEDIA_TYPE,
              bytes,
              Math.toIntExact(from),
              Math.toIntExact(parser.currentLocation().getByteOffset()));
      return new Understood(message.toMessage(addressee, original));
    } catch (WrongField e) {
      String position = Position.of(parser);
      skipTo(depth, parser);
      return new Unreadable(e.field(), position, e.detail());
    }
  }

  /** To the end of the object that is so deep. */
  private static void skipTo(int depth, JsonParser parser) throws IOException {
    while (parser.currentToken() != JsonToken.END_OBJECT
        || parser.getParsingContext().getNestingDepth() >= depth) {
      if (parser.nextToken() == null) {
        return;
      }
    }
  }

  private void readFields(JsonParser parser) throws IOException, WrongField {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "deviceId" -> deviceId = once(field, deviceId, JsonField.text(parser, field));
        case "siteId" -> siteId = once(field, siteId, JsonField.text(parser, field));
        case "stream" -> stream = once(field, stream, JsonField.text(parser, field));
        case "eventTime" -> eventTime = once(field, eventTime, JsonField.time(parser, field));
        case "bootEpoch" -> bootEpoch = once(field, bootEpoch, JsonField.whole(parser, field));
        case "sequence" -> sequence = once(field, sequence, JsonField.whole(parser, field));
        case "attributes" -> attributes = once(field, attributes, attributes(parser));
        case "readings" -> readings = once(field, readings, JsonReadings.read(parser));
        default ->
            throw new WrongField(
                field,
                "A message has no such field; it has deviceId, siteId, stream, eventTime,"
                    + " bootEpoch, sequence, attributes and readings");
      }
    }
  }

  static <T> T once(String field, @Nullable T before, T now) throws WrongField {
    if (before != null) {
      throw new WrongField(field, "The field is there twice; send it once");
    }
    return now;
  }

  private static Map<String, String> attributes(JsonParser parser) throws IOException, WrongField {
    JsonField.require(parser, JsonToken.START_OBJECT, "attributes", "an object of texts");
    Map<String, String> read = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String path = "attributes." + name;
      parser.nextToken();
      once(path, read.put(name, JsonField.text(parser, path)), name);
      if (read.size() > MAX_ATTRIBUTES) {
        throw new WrongField("attributes", "A message has " + MAX_ATTRIBUTES + " of them at most");
      }
    }
    return read;
  }

  private Message toMessage(Addressee addressee, Original original) throws WrongField {
    if (readings == null) {
      throw new WrongField("readings", "The field is missing; it holds what was measured");
    }
    Telemetry telemetry =
        Telemetry.newBuilder()
            .setDeviceId(
                present("deviceId", deviceId == null ? addressee.device().orElse(null) : deviceId))
            .setSiteId(siteId == null ? addressee.siteId() : siteId)
            .setStream(present("stream", stream == null ? addressee.stream().orElse(null) : stream))
            .setEventTime(eventTime == null ? Instant.EPOCH : eventTime)
            .setBootEpoch(bootEpoch == null ? 0 : bootEpoch)
            .setSequence(sequence == null ? 0 : sequence)
            .setAttributes(attributes == null ? new HashMap<>() : attributes)
            .setPayload(readings)
            .build();
    String contradicted = addressee.contradictedBy(telemetry).orElse(null);
    if (contradicted != null) {
      throw new WrongField(
          contradicted, "The body says otherwise than the path or topic; leave it out there");
    }
    return new Message(telemetry, sequence != null, eventTime != null, original);
  }

  private static String present(String field, @Nullable String value) throws WrongField {
    if (value == null) {
      throw new WrongField(field, "The field is missing; say which " + field + " this is");
    }
    return value;
  }
}
