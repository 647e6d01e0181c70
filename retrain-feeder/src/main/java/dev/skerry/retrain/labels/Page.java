package dev.skerry.retrain.labels;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The files of the labelling page, from the jar. Immutable. */
final class Page {

  private static final Map<String, String> TYPES =
      Map.of(
          "labels.html", "text/html; charset=utf-8",
          "labels.css", "text/css; charset=utf-8",
          "labels.js", "text/javascript; charset=utf-8");

  /** The file at a path; {@code /} is the page itself. */
  Optional<Reply> file(String path) {
    String name = path.equals("/") ? "labels.html" : path.substring(1);
    return Optional.ofNullable(TYPES.get(name)).map(type -> new Reply(200, type, read(name)));
  }

  private static byte[] read(String name) {
    try (InputStream file = Page.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read from the jar", e);
    }
  }
}
