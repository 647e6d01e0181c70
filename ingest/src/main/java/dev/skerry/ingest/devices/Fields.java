package dev.skerry.ingest.devices;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Walks through a file of fields in fields, and says where it is when something is wrong. */
final class Fields {

  private final Path file;
  private final JsonParser parser;

  /** Reads the value of a field; the parser is at the value's first token. */
  @FunctionalInterface
  interface Value {
    void read(String name, String path) throws IOException, DevicesException;
  }

  Fields(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  DevicesException wrong(String path, String what) {
    String field = path.isEmpty() ? "" : path + ": ";
    int line = parser.currentTokenLocation().getLineNr();
    return new DevicesException(file + ", line " + line + ": " + field + what);
  }

  /** Reads each field of an object once. */
  void each(String path, Value value) throws IOException, DevicesException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw wrong(path, "must be fields, each with its name and a colon");
    }
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String field = path.isEmpty() ? name : path + "." + name;
      if (!seen.add(name)) {
        throw wrong(field, "is there twice; keep one");
      }
      parser.nextToken();
      value.read(name, field);
    }
  }

  String text(String path) throws IOException, DevicesException {
    if (!parser.currentToken().isScalarValue() || parser.currentToken() == JsonToken.VALUE_NULL) {
      throw wrong(path, "must be a text");
    }
    return parser.getText();
  }

  boolean flag(String path) throws DevicesException {
    if (!parser.currentToken().isBoolean()) {
      throw wrong(path, "must be true or false");
    }
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  int count(String path) throws IOException, DevicesException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() != JsonParser.NumberType.INT
        || parser.getIntValue() < 1) {
      throw wrong(path, "must be a whole number from 1 to 2147483647");
    }
    return parser.getIntValue();
  }

  double number(String path) throws IOException, DevicesException {
    if (!parser.currentToken().isNumeric() || !Double.isFinite(parser.getDoubleValue())) {
      throw wrong(path, "must be a number");
    }
    return parser.getDoubleValue();
  }

  Duration duration(String path) throws IOException, DevicesException {
    try {
      Duration duration = Duration.parse(text(path));
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      throw wrong(path, "must be a duration such as PT10S or P1D");
    }
    throw wrong(path, "must not be negative");
  }

  List<String> texts(String path) throws IOException, DevicesException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(path, "must be a list such as [a, b]");
    }
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      texts.add(text(path + "[" + texts.size() + "]"));
    }
    return texts;
  }
}
