package dev.skerry.ingest.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.skerry.schemas.Readings;
import java.io.IOException;
import org.apache.avro.generic.PrimitivesArrays.FloatArray;
import org.jspecify.annotations.Nullable;

/**
 * A window of readings in JSON. Its values are one list, channel by channel, or a list for each
 * channel. Channels and steps may be left out where the values show them.
 */
final class JsonReadings {

  private static final int FIRST_CAPACITY = 64;
  private static final String VALUES = "readings.values";

  private @Nullable Integer channels;
  private @Nullable Integer steps;
  private @Nullable Float sampleRateHz;
  private @Nullable FloatArray values;
  private int lists;

  private JsonReadings() {}

  static Readings read(JsonParser parser) throws IOException, WrongField {
    JsonField.require(parser, JsonToken.START_OBJECT, "readings", "an object");
    JsonReadings readings = new JsonReadings();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      readings.readField(parser, name);
    }
    return readings.toReadings();
  }

  private void readField(JsonParser parser, String name) throws IOException, WrongField {
    String field = "readings." + name;
    switch (name) {
      case "channels" ->
          channels = JsonMessage.once(field, channels, JsonField.count(parser, field));
      case "steps" -> steps = JsonMessage.once(field, steps, JsonField.count(parser, field));
      case "sampleRateHz" ->
          sampleRateHz = JsonMessage.once(field, sampleRateHz, JsonField.number(parser, field, -1));
      case "values" -> values = JsonMessage.once(field, values, readValues(parser));
      default ->
          throw new WrongField(
              field,
              "Readings have no such field; they have channels, steps, sampleRateHz, values");
    }
  }

  private FloatArray readValues(JsonParser parser) throws IOException, WrongField {
    JsonField.require(parser, JsonToken.START_ARRAY, VALUES, "an array");
    FloatArray read = new FloatArray(FIRST_CAPACITY, FloatArrays.SCHEMA);
    JsonToken next = parser.nextToken();
    if (next != JsonToken.START_ARRAY) {
      readList(parser, read);
      return read;
    }
    int length = -1;
    while (next != JsonToken.END_ARRAY) {
      JsonField.require(parser, JsonToken.START_ARRAY, VALUES + "[" + lists + "]", "an array");
      int before = read.size();
      parser.nextToken();
      readList(parser, read);
      if (length >= 0 && read.size() - before != length) {
        throw new WrongField(
            VALUES + "[" + lists + "]",
            "The channel has " + (read.size() - before) + " steps where the first has " + length);
      }
      length = read.size() - before;
      lists++;
      next = parser.nextToken();
    }
    return read;
  }

  /** From the first value, where the parser is, to the end of the list. */
  private static void readList(JsonParser parser, FloatArray read) throws IOException, WrongField {
    while (parser.currentToken() != JsonToken.END_ARRAY) {
      read.add(read.size(), JsonField.number(parser, VALUES, read.size()));
      parser.nextToken();
    }
  }

  /** What was said counts, right or wrong; what was not follows from the values. */
  private Readings toReadings() throws WrongField {
    if (values == null) {
      throw new WrongField(VALUES, "The field is missing; it holds what was measured");
    }
    int size = values.size();
    int counted =
        channels != null ? channels : lists > 0 ? lists : steps != null ? size / steps : 1;
    return Readings.newBuilder()
        .setChannels(counted)
        .setSteps(steps != null ? steps : counted == 0 ? 0 : size / counted)
        .setSampleRateHz(sampleRateHz == null ? 0 : sampleRateHz)
        .setValues(values)
        .build();
  }
}
