package dev.skerry.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.List;

/**
 * What a page holds after all garbage is collected.
 *
 * @param heapBytes of JavaScript
 * @param attachedNodes of the document: elements, text, and what Chromium itself adds to them
 * @param detachedNodes that are in no document that is shown, and still held
 * @param listeners of events
 * @param lists of the document, and what they hold
 */
record PageMemory(
    long heapBytes, long attachedNodes, long detachedNodes, long listeners, PageLists lists) {

  /** Looks at pages of one browser tab. */
  static final class Gauge {

    private static final int TRIES = 5;
    private static final List<String> BELOW = List.of("children", "shadowRoots", "pseudoElements");

    private final Page page;
    private final CDPSession session;

    Gauge(Page page) {
      this.page = page;
      session = page.context().newCDPSession(page);
      session.send("Performance.enable");
      measureOnce(); // What looks at lists stays in the page from its first look on.
    }

    /** Counts anew, a few times at most, where the page has changed between two of the counts. */
    PageMemory measure() {
      String before = PageLists.shownTime(page);
      PageMemory measured = measureOnce();
      for (int i = 1; i < TRIES && !PageLists.shownTime(page).equals(before); i++) {
        before = PageLists.shownTime(page);
        measured = measureOnce();
      }
      return measured;
    }

    private PageMemory measureOnce() {
      session.send("HeapProfiler.collectGarbage");
      session.send("HeapProfiler.collectGarbage"); // What the first one only made free.
      JsonObject metrics = session.send("Performance.getMetrics");
      long attached = attached();
      return new PageMemory(
          metric(metrics, "JSHeapUsedSize"),
          attached,
          metric(metrics, "Nodes") - attached,
          metric(metrics, "JSEventListeners"),
          PageLists.of(page));
    }

    /** A snapshot would leave out what Chromium itself adds to each details. */
    private long attached() {
      JsonObject spaces = new JsonObject();
      spaces.addProperty("includeWhitespace", "all");
      session.send("DOM.enable", spaces);
      JsonObject all = new JsonObject();
      all.addProperty("depth", -1);
      all.addProperty("pierce", true);
      JsonObject document = session.send("DOM.getDocument", all);
      session.send("DOM.disable"); // It would hold what it has told of.
      return count(document.getAsJsonObject("root"));
    }

    private static long count(JsonObject node) {
      long nodes = 1;
      for (String held : BELOW) {
        if (node.has(held)) {
          for (var each : node.getAsJsonArray(held)) {
            nodes += count(each.getAsJsonObject());
          }
        }
      }
      return nodes;
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
    return "%,d KiB of heap, %d nodes of the document, %d detached, %d listeners, %s"
        .formatted(heapBytes >> 10, attachedNodes, detachedNodes, listeners, lists);
  }
}
