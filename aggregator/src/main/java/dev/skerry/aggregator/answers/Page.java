package dev.skerry.aggregator.answers;

import dev.skerry.aggregator.answers.OffsetSet.Range;
import dev.skerry.schemas.AnswerVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What is known of the answers to one partition of telemetry. Below {@code settled} every record
 * has been judged; above it answers come in any order. Its size follows what is wrong and what is
 * in flight, not what was answered. Not thread-safe.
 */
final class Page {

  private static final int MAX_TWICE = 10_000;

  private final TopicPartition source;
  private final long base;
  private long settled;
  private long complete;
  private final OffsetSet answered;
  private final OffsetSet unanswered;
  private final OffsetSet gone;
  private final TreeMap<Long, Long> declared = new TreeMap<>();
  private final TreeMap<Long, Long> twice = new TreeMap<>();

  /**
   * A page as it is kept over restarts.
   *
   * @param base the first offset that counts
   * @param settled below it every record is judged
   * @param complete records with one answer below {@code settled}
   * @param answered answers from {@code settled} on
   * @param unanswered records below {@code settled} without an answer
   * @param gone offsets below {@code settled} that retention took unanswered
   * @param declared the ranges that were named as unanswered
   * @param twice surplus answers by offset
   */
  record State(
      String topic,
      int partition,
      long base,
      long settled,
      long complete,
      List<Range> answered,
      List<Range> unanswered,
      List<Range> gone,
      List<Range> declared,
      Map<Long, Long> twice) {}

  /** A page that begins at an offset. */
  Page(TopicPartition source, long base) {
    this(
        new State(
            source.topic(),
            source.partition(),
            base,
            base,
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of()));
  }

  Page(State state) {
    source = new TopicPartition(state.topic(), state.partition());
    base = state.base();
    settled = state.settled();
    complete = state.complete();
    answered = OffsetSet.of(state.answered());
    unanswered = OffsetSet.of(state.unanswered());
    gone = OffsetSet.of(state.gone());
    state.declared().forEach(range -> declared.put(range.first(), range.end()));
    twice.putAll(state.twice());
  }

  State state() {
    return new State(
        source.topic(),
        source.partition(),
        base,
        settled,
        complete,
        answered.ranges(),
        unanswered.ranges(),
        gone.ranges(),
        declared.entrySet().stream()
            .map(each -> new Range(each.getKey(), each.getValue()))
            .toList(),
        Map.copyOf(twice));
  }

  TopicPartition source() {
    return source;
  }

  long unansweredCount() {
    return unanswered.size();
  }

  long surplusAnswers() {
    return twice.values().stream().mapToLong(Long::longValue).sum();
  }

  /** All that is judged, in one. */
  Finding complete() {
    return new Finding(source, AnswerVerdict.COMPLETE, base, settled, complete);
  }

  /** An answer was read. What that changes in what was said before is added to the findings. */
  void answered(long offset, List<Finding> findings) {
    if (offset < base) {
      return; // Asked before counting began.
    }
    if (offset >= settled) {
      if (!answered.add(offset)) {
        findings.add(surplus(offset));
      }
    } else if (unanswered.remove(offset)) {
      complete++;
      findings.add(unansweredNow(declared.floorEntry(offset)));
    } else if (!gone.remove(offset)) {
      findings.add(surplus(offset));
    }
  }

  private Finding surplus(long offset) {
    long surplus = twice.merge(offset, 1L, Long::sum);
    if (twice.size() > MAX_TWICE) {
      twice.pollFirstEntry();
    }
    return new Finding(source, AnswerVerdict.ANSWERED_TWICE, offset, offset + 1, surplus);
  }

  private Finding unansweredNow(Map.Entry<Long, Long> range) {
    long first = range.getKey();
    long end = range.getValue();
    long answeredSince = unanswered.gaps(first, end).stream().mapToLong(Range::size).sum();
    if (answeredSince == end - first) {
      declared.remove(first);
    }
    return new Finding(source, AnswerVerdict.UNANSWERED, first, end, end - first - answeredSince);
  }

  /**
   * All answers to records below an offset have been read: judges what is not judged yet.
   *
   * @param end the first offset that may not be answered yet
   */
  void settle(long end, Telemetry telemetry, List<Finding> findings) {
    if (end <= settled) {
      return;
    }
    List<Range> gaps = answered.gaps(settled, end);
    if (!gaps.isEmpty()) {
      Range all = new Range(gaps.get(0).first(), gaps.get(gaps.size() - 1).end());
      Telemetry.Found found = telemetry.look(source, all);
      gaps.forEach(gap -> judge(gap, found, findings));
    }
    complete += answered.removeBefore(end);
    settled = end;
  }

  private void judge(Range gap, Telemetry.Found found, List<Finding> findings) {
    long kept = Math.max(gap.first(), Math.min(gap.end(), found.logStart()));
    if (kept > gap.first()) {
      gone.addAll(gap.first(), kept);
      findings.add(new Finding(source, AnswerVerdict.GAP, gap.first(), kept, kept - gap.first()));
    }
    for (Range record : recordsIn(kept, gap.end(), found.records())) {
      unanswered.addAll(record.first(), record.end());
      declared.put(record.first(), record.end());
      findings.add(
          new Finding(
              source, AnswerVerdict.UNANSWERED, record.first(), record.end(), record.size()));
    }
  }

  private static List<Range> recordsIn(long first, long end, OffsetSet records) {
    List<Range> within = new ArrayList<>();
    for (Range range : records.ranges()) {
      long from = Math.max(first, range.first());
      long to = Math.min(end, range.end());
      if (from < to) {
        within.add(new Range(from, to));
      }
    }
    return within;
  }
}
