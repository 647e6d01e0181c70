package dev.skerry.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the page's lists hold.
 *
 * @param entries of each
 */
record PageLists(Map<Kind, Integer> entries) {

  /** The lists that grow while a site lives; all others are as long as the site has parts. */
  enum Kind {
    DETECTIONS("#detections tbody tr", 12, 16),
    DEAD_LETTERS("#letter-list details", 20, 64),
    STEPS("#steps li", 12, 8),
    TRAININGS("#trainings tbody tr", 10, 20),
    DRIFTS("#drift-lines tbody tr", 8, 20),
    MINUTES("#ledger-rows td", 12 * 9, 8),
    CLASSES("#classes tbody tr", 2 * 50, 16),
    MODEL_CELLS("#model-cards :is(td, th)", 2 * 4 * 30, 3),
    MODEL_STEPS("#model-cards li", 2 * 12, 8),
    FIGURES("#retraining dt", 20, 4);

    private final String selector;
    private final int most;
    private final int nodesEach;

    Kind(String selector, int most, int nodesEach) {
      this.selector = selector;
      this.most = most;
      this.nodesEach = nodesEach;
    }
  }

  static PageLists of(Page page) {
    Map<Kind, Integer> entries = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      entries.put(kind, page.locator(kind.selector).count());
    }
    return new PageLists(entries);
  }

  /** The time that the page shows; empty before it shows any. */
  static String shownTime(Page page) {
    return String.valueOf(page.evaluate("() => document.documentElement.dataset.live ?? ''"));
  }

  /** No list is longer than it may ever be. */
  void assertBounded() {
    entries.forEach(
        (kind, count) -> assertThat(count).as("%s", kind).isLessThanOrEqualTo(kind.most));
  }

  /** The most nodes by which the document may have grown since, as its lists have. */
  long nodesSince(PageLists before) {
    return Arrays.stream(Kind.values())
        .mapToLong(
            kind ->
                (long) kind.nodesEach
                    * Math.max(
                        0, entries.getOrDefault(kind, 0) - before.entries.getOrDefault(kind, 0)))
        .sum();
  }

  @Override
  public String toString() {
    return "lists " + entries;
  }
}
