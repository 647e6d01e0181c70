package dev.skerry.ingest.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object per line. Its members are the cells; those of an object within it are named with
 * a point between ({@code values.pressure}). The columns are all members of the first lines, and a
 * later line may lack some, but has no others. True and false are 1 and 0, null is an empty cell.
 * Not thread-safe.
 */
final class JsonRows implements Rows {

  private static final int LONGEST_LINE_CHARS = 8 << 20;
  private static final String ARRAY = "[array]";

  /** What a record has and a row has not. */
  private static final Set<String> OF_A_RECORD = Set.of("deviceId", "stream", "readings.values");

  private static final JsonFactory JSON =
      new JsonFactoryBuilder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final TextInput text;
  private final Set<String> columns = new LinkedHashSet<>();
  private final List<String> header;
  private final Deque<Parsed> first = new ArrayDeque<>();
  private long line;

  /** A line that is not blank. */
  private record Parsed(long line, Map<String, String> cells, Optional<String> problem) {}

  private JsonRows(Input input, TextInput text, int previewRows) {
    this.text = text;
    for (int i = 0; i < previewRows; i++) {
      Optional<Parsed> parsed = nextLine();
      if (parsed.isEmpty()) {
        break;
      }
      first.add(parsed.get());
      columns.addAll(parsed.get().cells().keySet());
    }
    if (columns.isEmpty()) {
      throw new InputException(
          input
              + (first.isEmpty()
                  ? " is empty; it needs one JSON object per line"
                  : ", line "
                      + first.element().line()
                      + ": "
                      + first.element().problem().orElse("the object is empty")));
    }
    if (columns.containsAll(OF_A_RECORD)) {
      throw new InputException(
          input
              + " holds whole records of telemetry, not rows: send them to a gateway, with POST"
              + " /v1/telemetry and the content type application/x-ndjson");
    }
    this.header = List.copyOf(columns);
  }

  /**
   * Reads the first lines.
   *
   * @throws InputException where none of them is an object with members
   */
  static JsonRows of(Input input, TextInput text, int previewRows) {
    return new JsonRows(input, text, previewRows);
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public Optional<Row> next() {
    Parsed buffered = first.poll();
    return buffered != null ? Optional.of(row(buffered)) : nextLine().map(this::row);
  }

  @Override
  public long bytesRead() {
    return text.bytesRead();
  }

  @Override
  public void close() {
    text.close();
  }

  private Row row(Parsed parsed) {
    if (parsed.problem().isPresent()) {
      return Row.bad(parsed.line(), parsed.problem().get());
    }
    for (String name : parsed.cells().keySet()) {
      if (!columns.contains(name)) {
        return Row.bad(
            parsed.line(), "has the field '" + name + "', which the first lines do not have");
      }
    }
    List<String> cells = new ArrayList<>(header.size());
    header.forEach(name -> cells.add(parsed.cells().getOrDefault(name, "")));
    return Row.of(parsed.line(), cells);
  }

  private Optional<Parsed> nextLine() {
    try {
      while (true) {
        String next = readLine();
        if (next == null) {
          return Optional.empty();
        }
        if (!next.isBlank()) {
          return Optional.of(parse(next));
        }
      }
    } catch (IOException e) {
      throw text.unreadable(line, e);
    }
  }

  private @Nullable String readLine() throws IOException {
    StringBuilder chars = new StringBuilder(256);
    int c = text.reader().read();
    if (c < 0) {
      return null;
    }
    line++;
    while (c >= 0 && c != '\n') {
      if (chars.length() == LONGEST_LINE_CHARS) {
        throw new IOException("the line is longer than " + LONGEST_LINE_CHARS + " characters");
      }
      chars.append((char) c);
      c = text.reader().read();
    }
    return chars.toString();
  }

  private Parsed parse(String json) {
    Map<String, String> cells = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return bad("is no JSON object; a row is one object on one line");
      }
      readObject(parser, "", cells);
      if (parser.nextToken() != null) {
        return bad("has something after the object; a row is one object on one line");
      }
      return new Parsed(line, cells, Optional.empty());
    } catch (JsonProcessingException e) {
      return bad(
          "is no JSON (at character "
              + e.getLocation().getColumnNr()
              + "): "
              + e.getOriginalMessage());
    } catch (IOException e) {
      throw text.unreadable(line, e);
    }
  }

  private Parsed bad(String problem) {
    return new Parsed(line, Map.of(), Optional.of(problem));
  }

  private static void readObject(JsonParser parser, String prefix, Map<String, String> cells)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = prefix + parser.currentName();
      switch (parser.nextToken()) {
        case START_OBJECT -> readObject(parser, name + ".", cells);
        case START_ARRAY -> {
          parser.skipChildren();
          cells.put(name, ARRAY);
        }
        case VALUE_TRUE -> cells.put(name, "1");
        case VALUE_FALSE -> cells.put(name, "0");
        case VALUE_NULL -> cells.put(name, "");
        default -> cells.put(name, parser.getText().trim());
      }
    }
  }
}
