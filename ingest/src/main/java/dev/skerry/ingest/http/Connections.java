package dev.skerry.ingest.http;

import io.vertx.core.http.HttpConnection;
import java.util.concurrent.atomic.AtomicInteger;

/** The open connections of a listener, so many at most. Thread-safe. */
final class Connections {

  private final int max;
  private final AtomicInteger open = new AtomicInteger();

  Connections(int max) {
    this.max = max;
  }

  /** Counts a new one, or closes it where there are enough. */
  void admit(HttpConnection connection) {
    if (open.incrementAndGet() > max) {
      open.decrementAndGet();
      connection.close();
    } else {
      connection.closeHandler(closed -> open.decrementAndGet());
    }
  }

  int open() {
    return open.get();
  }
}
