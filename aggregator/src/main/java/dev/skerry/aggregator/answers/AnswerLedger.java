package dev.skerry.aggregator.answers;

import dev.skerry.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Ticks answers off against telemetry by partition and offset. A worker commits answers and offsets
 * in one transaction; so once a group's committed offset is known and every answer that was
 * committed by then has been read, each record below that offset must have exactly one. The
 * telemetry itself is looked at only where answers leave a gap. Not thread-safe.
 */
final class AnswerLedger {

  static final Set<String> TELEMETRY =
      Set.of(Topics.TELEMETRY.name(), Topics.TELEMETRY_FRAMES.name());

  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

  private final Map<TopicPartition, Page> pages = new TreeMap<>(ORDER);
  private List<Finding> findings = new ArrayList<>();

  /** Begins with these pages. */
  AnswerLedger(List<Page> pages) {
    pages.forEach(page -> this.pages.put(page.source(), page));
  }

  /** An answer was read. */
  void answered(TopicPartition source, long offset) {
    if (TELEMETRY.contains(source.topic())) {
      page(source).answered(offset, findings);
    }
  }

  /**
   * All answers to records below these offsets have been read.
   *
   * @param committed the groups' committed offsets
   */
  void settle(Map<TopicPartition, Long> committed, Telemetry telemetry) {
    committed.forEach(
        (source, offset) -> {
          if (TELEMETRY.contains(source.topic())) {
            page(source).settle(offset, telemetry, findings);
          }
        });
  }

  /** What was found since the last call; what was said last of a range holds. */
  List<Finding> takeFindings() {
    List<Finding> taken = findings;
    findings = new ArrayList<>();
    return taken;
  }

  /** What is known in all, a finding for each partition. */
  List<Finding> complete() {
    return pages.values().stream().map(Page::complete).toList();
  }

  List<Page.State> state() {
    return pages.values().stream().map(Page::state).toList();
  }

  long unanswered() {
    return pages.values().stream().mapToLong(Page::unansweredCount).sum();
  }

  long surplusAnswers() {
    return pages.values().stream().mapToLong(Page::surplusAnswers).sum();
  }

  /** A partition that was not there at the beginning begins with its first record. */
  private Page page(TopicPartition source) {
    return pages.computeIfAbsent(source, made -> new Page(made, 0));
  }
}
