package dev.skerry.local.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * One line in a file that says how the link should be: {@code up}, {@code cut}, {@code silent},
 * {@code thin BYTES_PER_SECOND DELAY_MILLIS} or {@code flapping UP_MILLIS DOWN_MILLIS}. No file
 * means up. It outlives the site: a link that was cut is still cut after a restart.
 *
 * @param path the file
 */
public record LinkFile(Path path) {

  /**
   * How the link should be.
   *
   * @throws IllegalArgumentException where the line says something else; it names the file
   */
  public LinkCondition read() {
    try {
      return parse(Files.readString(path, UTF_8).strip());
    } catch (NoSuchFileException e) {
      return new LinkCondition.Open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces the line at once, so that nobody reads half of it. */
  public void write(LinkCondition condition) {
    Path beside = path.resolveSibling(path.getFileName() + ".new");
    try {
      Files.writeString(beside, format(condition) + "\n", UTF_8);
      Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LinkCondition parse(String line) {
    List<String> words = List.of(line.split("\\s+"));
    try {
      return switch (words.get(0)) {
        case "up" -> new LinkCondition.Open();
        case "cut" -> new LinkCondition.Cut();
        case "silent" -> new LinkCondition.Silent();
        case "thin" -> new LinkCondition.Thin(Long.parseLong(words.get(1)), millis(words.get(2)));
        case "flapping" -> new LinkCondition.Flapping(millis(words.get(1)), millis(words.get(2)));
        default -> throw new IllegalArgumentException("unknown condition " + words.get(0));
      };
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          path + " says \"" + line + "\": remove it, or use skerry link (" + e.getMessage() + ")",
          e);
    }
  }

  private static String format(LinkCondition condition) {
    if (condition instanceof LinkCondition.Thin thin) {
      return "thin " + thin.bytesPerSecond() + " " + thin.delay().toMillis();
    }
    if (condition instanceof LinkCondition.Flapping flapping) {
      return "flapping " + flapping.up().toMillis() + " " + flapping.down().toMillis();
    }
    return condition.describe();
  }

  private static Duration millis(String text) {
    return Duration.ofMillis(Long.parseLong(text));
  }
}
