package dev.skerry.ingest.body;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import org.jspecify.annotations.Nullable;

/** Places in a body of JSON, for people. */
final class Position {

  private Position() {}

  static String of(JsonParser parser) {
    return of(parser.currentTokenLocation());
  }

  /** The field where the parser is, as a path. */
  static String field(JsonStreamContext context) {
    StringBuilder path = new StringBuilder();
    for (JsonStreamContext at = context; at != null; at = at.getParent()) {
      if (at.inArray()) {
        path.insert(0, "[" + at.getCurrentIndex() + "]");
      } else if (at.inObject() && at.getCurrentName() != null) {
        boolean isNamed = path.length() == 0 || path.charAt(0) == '[';
        path.insert(0, at.getCurrentName() + (isNamed ? "" : "."));
      }
    }
    return path.toString();
  }

  static String of(@Nullable JsonLocation location) {
    return location == null
        ? "line 1, column 1"
        : "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
