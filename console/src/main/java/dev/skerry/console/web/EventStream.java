package dev.skerry.console.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.skerry.console.picture.History;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Server-sent events: {@code history} first, then {@code page} once a second, and {@code letters}
 * whenever there are others. A browser takes one of few places. Thread-safe.
 */
final class EventStream {

  private static final int PLACES = 32;

  private final Broadcast broadcast;
  private final History history;
  private final Semaphore places = new Semaphore(PLACES);

  EventStream(Broadcast broadcast, History history) {
    this.broadcast = broadcast;
    this.history = history;
  }

  /** Sends events until the browser is gone or the console stops. */
  void serve(HttpExchange exchange) throws IOException {
    if (!places.tryAcquire()) {
      Reply.text(503, "The console has " + PLACES + " pages open already; close one")
          .send(exchange);
      return;
    }
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(200, 0);
      send(exchange.getResponseBody());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }

  private void send(OutputStream out) throws IOException, InterruptedException {
    event(out, "history", Broadcast.json(history.moments()));
    long number = 0;
    long lettersVersion = -1;
    Optional<Broadcast.Issue> issue = broadcast.awaitAfter(number);
    while (issue.isPresent()) {
      Broadcast.Issue latest = issue.get();
      if (latest.lettersVersion() != lettersVersion) {
        event(out, "letters", latest.letters());
        lettersVersion = latest.lettersVersion();
      }
      event(out, "page", latest.page());
      number = latest.number();
      issue = broadcast.awaitAfter(number);
    }
  }

  private static void event(OutputStream out, String name, String json) throws IOException {
    out.write(("event: " + name + "\ndata: " + json + "\n\n").getBytes(UTF_8));
    out.flush();
  }
}
