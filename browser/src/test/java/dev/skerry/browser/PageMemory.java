package dev.skerry.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/**
 * What a page holds after all garbage is collected.
 *
 * @param heapBytes of JavaScript
 * @param nodes of documents, those that are detached and still held among them
 * @param listeners of events
 */
record PageMemory(long heapBytes, long nodes, long listeners) {

  /** Looks at pages of one browser tab. */
  static final class Gauge {

    private final CDPSession session;

    Gauge(Page page) {
      session = page.context().newCDPSession(page);
      session.send("Performance.enable");
    }

    PageMemory measure() {
      session.send("HeapProfiler.collectGarbage");
      session.send("HeapProfiler.collectGarbage"); // What the first one only made free.
      JsonObject metrics = session.send("Performance.getMetrics");
      return new PageMemory(
          metric(metrics, "JSHeapUsedSize"),
          metric(metrics, "Nodes"),
          metric(metrics, "JSEventListeners"));
    }

    private static long metric(JsonObject metrics, String name) {
      for (var metric : metrics.getAsJsonArray("metrics")) {
        if (metric.getAsJsonObject().get("name").getAsString().equals(name)) {
          return metric.getAsJsonObject().get("value").getAsLong();
        }
      }
      throw new IllegalStateException("Chromium has no metric " + name);
    }
  }

  @Override
  public String toString() {
    return "%,d KiB of heap, %d nodes, %d listeners".formatted(heapBytes >> 10, nodes, listeners);
  }
}
