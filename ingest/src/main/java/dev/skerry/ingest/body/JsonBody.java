package dev.skerry.ingest.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.skerry.ingest.body.Read.Unreadable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads JSON: one message as an object, many as an array, or one on each line. What is no JSON ends
 * the body; a message that is JSON and no telemetry is answered for itself. Thread-safe.
 */
public final class JsonBody {

  static final String MEDIA_TYPE = "application/json";

  private static final String NOT_UTF8 = "The body must be a text in UTF-8";

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxStringLength(64 << 10)
                  .maxNumberLength(64)
                  .maxNameLength(256)
                  .build())
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // JSON is UTF-8 (RFC 8259); guesses at others have no byte positions.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final int maxMessages;

  /** Takes so many messages in one body at most. */
  public JsonBody(int maxMessages) {
    this.maxMessages = maxMessages;
  }

  /** Reads an object or an array of objects. */
  public Body read(byte[] bytes, Addressee addressee) {
    if (!mayBeUtf8(bytes, 0, bytes.length)) {
      return Body.of(new Unreadable("", "line 1, column 1", NOT_UTF8));
    }
    try (JsonParser parser = JSON.createParser(bytes)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        Read message = JsonMessage.read(parser, bytes, addressee);
        requireEnd(parser);
        return Body.of(message);
      }
      if (first == JsonToken.START_ARRAY) {
        return array(parser, bytes, addressee);
      }
      return Body.of(
          new Unreadable(
              "", Position.of(parser), "The body is no message; send a JSON object or array"));
    } catch (JsonProcessingException e) {
      return Body.of(syntaxError(e));
    } catch (IOException e) {
      return Body.of(new Unreadable("", "line 1", notText(e)));
    }
  }

  /** Other encodings have a zero, or a mark of their own, among their first two bytes. */
  private static boolean mayBeUtf8(byte[] bytes, int from, int to) {
    return to - from < 2
        || (bytes[from] != 0
            && bytes[from + 1] != 0
            && (bytes[from] & 0xFF) != 0xFE
            && (bytes[from] & 0xFF) != 0xFF);
  }

  /** What is in memory can always be read, so that it is the text that is wrong. */
  private static String notText(IOException e) {
    return NOT_UTF8 + " (" + e.getMessage() + ")";
  }

  /** Reads one object from each line; empty lines do not count. */
  public Body readLines(byte[] bytes, Addressee addressee) {
    List<Read> messages = new ArrayList<>();
    int line = 0;
    for (int from = 0; from < bytes.length; ) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      line++;
      if (!isBlank(bytes, from, to)) {
        if (messages.size() == maxMessages) {
          return Body.of(tooMany("line " + line));
        }
        messages.add(line(bytes, from, to, line, addressee));
      }
      from = to + 1;
    }
    return messages.isEmpty()
        ? Body.of(new Unreadable("", "line 1", "The body is empty; send one object on each line"))
        : new Body(/* batch= */ true, messages);
  }

  private Body array(JsonParser parser, byte[] bytes, Addressee addressee) throws IOException {
    List<Read> messages = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      if (messages.size() == maxMessages) {
        return Body.of(tooMany(Position.of(parser)));
      }
      if (next == JsonToken.START_OBJECT) {
        messages.add(JsonMessage.read(parser, bytes, addressee));
      } else {
        messages.add(new Unreadable("", Position.of(parser), "A message is a JSON object"));
        parser.skipChildren();
      }
    }
    requireEnd(parser);
    return new Body(/* batch= */ true, messages);
  }

  private static Read line(byte[] bytes, int from, int to, int line, Addressee addressee) {
    if (!mayBeUtf8(bytes, from, to)) {
      return new Unreadable("", "line " + line, NOT_UTF8);
    }
    try (JsonParser parser = JSON.createParser(bytes, from, to - from)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new Unreadable("", "line " + line, "A message is a JSON object on one line");
      }
      Read message = JsonMessage.read(parser, bytes, addressee);
      requireEnd(parser);
      return message instanceof Unreadable wrong ? onLine(line, wrong) : message;
    } catch (JsonProcessingException e) {
      return onLine(line, syntaxError(e));
    } catch (IOException e) {
      return new Unreadable("", "line " + line, notText(e));
    }
  }

  /** The parser sees one line and calls it the first. */
  private static Unreadable onLine(int line, Unreadable wrong) {
    String position = wrong.position().replaceFirst("^line \\d+", "line " + line);
    return new Unreadable(wrong.field(), position, wrong.detail());
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private static void requireEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new com.fasterxml.jackson.core.JsonParseException(
          parser, "Something follows the end of the message");
    }
  }

  private Unreadable tooMany(String position) {
    return new Unreadable(
        "", position, "The body has more than " + maxMessages + " messages; send fewer at a time");
  }

  private static Unreadable syntaxError(JsonProcessingException e) {
    String field =
        e.getProcessor() instanceof JsonParser parser
            ? Position.field(parser.getParsingContext())
            : "";
    // What follows is the parser's advice to who configures it.
    String why = String.valueOf(e.getOriginalMessage()).split(": enable `", 2)[0];
    return new Unreadable(field, Position.of(e.getLocation()), "This is no JSON: " + why);
  }
}
