package dev.skerry.local.audit;

import dev.skerry.schemas.topic.Topics;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Ticks off questions and answers by partition and offset. It takes them in any order. Not
 * thread-safe.
 */
final class AnswerLedger {

  private final Map<TopicPartition, Page> pages = new HashMap<>();
  private long detections;
  private long deadLetters;
  private long overflowed;
  private long doubled;
  private long foreign;

  /** What is known of one partition's records from an offset on. */
  private static final class Page {
    private final long firstOffset;
    private final BitSet asked = new BitSet();
    private final BitSet answered = new BitSet();

    Page(long firstOffset) {
      this.firstOffset = firstOffset;
    }
  }

  AnswerLedger(Map<TopicPartition, Long> firstOffsets) {
    firstOffsets.forEach((partition, offset) -> pages.put(partition, new Page(offset)));
  }

  void asked(TopicPartition partition, long offset) {
    Page page = pages.get(partition);
    if (page != null && offset >= page.firstOffset) {
      page.asked.set(index(page, offset));
    }
  }

  void detected(TopicPartition source, long offset) {
    if (answered(source, offset)) {
      detections++;
    }
  }

  void deadLettered(TopicPartition source, long offset) {
    if (answered(source, offset)) {
      deadLetters++;
    }
  }

  void overflowed(TopicPartition source, long offset) {
    if (answered(source, offset)) {
      overflowed++;
    }
  }

  private boolean answered(TopicPartition source, long offset) {
    Page page = pages.get(source);
    if (page == null || offset < page.firstOffset) {
      foreign++;
      return false;
    }
    int index = index(page, offset);
    if (page.answered.get(index)) {
      doubled++;
    }
    page.answered.set(index);
    return true;
  }

  AnswerReport report() {
    long telemetry = 0;
    long frames = 0;
    long unanswered = 0;
    long unasked = 0;
    for (Map.Entry<TopicPartition, Page> entry : pages.entrySet()) {
      Page page = entry.getValue();
      telemetry += page.asked.cardinality();
      frames += isFrames(entry.getKey()) ? page.asked.cardinality() : 0;
      BitSet open = (BitSet) page.asked.clone();
      open.andNot(page.answered);
      unanswered += open.cardinality();
      BitSet surplus = (BitSet) page.answered.clone();
      surplus.andNot(page.asked);
      unasked += surplus.cardinality();
    }
    return new AnswerReport(
        telemetry,
        frames,
        detections,
        deadLetters,
        overflowed,
        unanswered,
        doubled,
        unasked + foreign);
  }

  private static boolean isFrames(TopicPartition partition) {
    return partition.topic().equals(Topics.TELEMETRY_FRAMES.name());
  }

  private static int index(Page page, long offset) {
    return Math.toIntExact(offset - page.firstOffset);
  }
}
