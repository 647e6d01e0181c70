package dev.skerry.console.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.console.picture.LetterLine;
import dev.skerry.console.picture.Page;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the newest picture for whoever looks. A browser that is slow misses some, and nobody waits
 * for it. Thread-safe.
 */
public final class Broadcast implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private @Nullable Issue latest;
  private boolean closed;

  /**
   * A picture, as text.
   *
   * @param number rises by 1
   * @param lettersVersion rises with each dead letter
   */
  record Issue(long number, String page, long lettersVersion, String letters) {}

  /** Replaces the picture. */
  public synchronized void publish(Page page, long lettersVersion, List<LetterLine> letters) {
    Issue before = latest;
    String lettersJson =
        before != null && before.lettersVersion() == lettersVersion
            ? before.letters()
            : json(letters);
    latest =
        new Issue(
            before == null ? 1 : before.number() + 1, json(page), lettersVersion, lettersJson);
    notifyAll();
  }

  /** Waits for a picture after this one; empty where the console stops. */
  synchronized Optional<Issue> awaitAfter(long number) throws InterruptedException {
    while (!closed && (latest == null || latest.number() <= number)) {
      wait();
    }
    return closed ? Optional.empty() : Optional.ofNullable(latest);
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what the page shows is always JSON", e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
