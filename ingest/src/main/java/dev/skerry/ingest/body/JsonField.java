package dev.skerry.ingest.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** The value of one field, of the one type that it may have. */
final class JsonField {

  private JsonField() {}

  static void require(JsonParser parser, JsonToken expected, String field, String what)
      throws WrongField {
    if (parser.currentToken() != expected) {
      throw new WrongField(field, "The field must be " + what);
    }
  }

  static String text(JsonParser parser, String field) throws IOException, WrongField {
    require(parser, JsonToken.VALUE_STRING, field, "a text");
    return parser.getText();
  }

  static long whole(JsonParser parser, String field) throws IOException, WrongField {
    require(parser, JsonToken.VALUE_NUMBER_INT, field, "a whole number");
    try {
      return parser.getLongValue();
    } catch (InputCoercionException e) {
      throw new WrongField(field, "The number does not fit into 64 bits");
    }
  }

  static int count(JsonParser parser, String field) throws IOException, WrongField {
    long value = whole(parser, field);
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw new WrongField(field, "The field must be a whole number from 1 to 2147483647");
    }
    return (int) value;
  }

  /** A finite float; where it is none, the index says which of many. */
  static float number(JsonParser parser, String field, int index) throws IOException, WrongField {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
      throw new WrongField(path(field, index), "The value must be a number");
    }
    float value = parser.getFloatValue();
    if (!Float.isFinite(value)) {
      throw new WrongField(path(field, index), "The number does not fit into a 32-bit float");
    }
    return value;
  }

  private static String path(String field, int index) {
    return index < 0 ? field : field + "[" + index + "]";
  }

  /** A text in ISO 8601, or milliseconds since 1970. */
  static Instant time(JsonParser parser, String field) throws IOException, WrongField {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return Instant.ofEpochMilli(whole(parser, field));
    }
    require(parser, JsonToken.VALUE_STRING, field, "a time such as 2026-05-01T12:00:00.250Z");
    return Times.parse(field, parser.getText());
  }

  /** Times as texts. */
  static final class Times {
    private Times() {}

    static Instant parse(String field, String text) throws WrongField {
      try {
        Instant time = Instant.parse(text);
        return Instant.ofEpochMilli(time.toEpochMilli());
      } catch (DateTimeException | ArithmeticException e) {
        throw new WrongField(
            field,
            "The time must be ISO 8601 with its offset, such as 2026-05-01T12:00:00.250Z, or"
                + " milliseconds since 1970");
      }
    }
  }
}
