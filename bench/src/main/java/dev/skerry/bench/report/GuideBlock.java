package dev.skerry.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a page of the guide that a command writes: what stands between {@code <!-- NAME: begin
 * -->} and {@code <!-- NAME: end -->}.
 */
public record GuideBlock(Path page, String name) {

  /** Puts a text in the place of the one that is there; the page keeps everything else. */
  public void write(String text) {
    try {
      String old = Files.readString(page);
      String begin = "<!-- " + name + ": begin -->";
      String end = "<!-- " + name + ": end -->";
      int from = old.indexOf(begin);
      int to = old.indexOf(end);
      if (from < 0 || to < from) {
        throw new IllegalArgumentException(
            "The page %s has no place between %s and %s".formatted(page, begin, end));
      }
      Files.writeString(
          page,
          old.substring(0, from + begin.length()) + "\n" + text.strip() + "\n" + old.substring(to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
