package dev.skerry.ingest.body;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import org.jspecify.annotations.Nullable;

/** Places in a body of JSON, for people. */
final class Position {

  private Position() {}

  static String of(JsonParser parser) {
    return of(parser.currentTokenLocation());
  }

  static String of(@Nullable JsonLocation location) {
    return location == null
        ? "line 1, column 1"
        : "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
