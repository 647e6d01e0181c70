package dev.skerry.aggregator.answers;

import static dev.skerry.schemas.AnswerVerdict.ANSWERED_TWICE;
import static dev.skerry.schemas.AnswerVerdict.COMPLETE;
import static dev.skerry.schemas.AnswerVerdict.GAP;
import static dev.skerry.schemas.AnswerVerdict.UNANSWERED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.aggregator.answers.OffsetSet.Range;
import dev.skerry.schemas.AnswerVerdict;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AnswerLedgerTest {

  private static final TopicPartition SOURCE = new TopicPartition("telemetry", 2);
  private static final TopicPartition FRAMES = new TopicPartition("telemetry-frames", 2);

  private AnswerLedger ledger = new AnswerLedger(List.of(new Page(SOURCE, 0)));
  private int looks;
  private long logStart;

  /** Every offset but 13 is a record. */
  private Telemetry.Found look(TopicPartition partition, Range range) {
    looks++;
    OffsetSet records = new OffsetSet();
    for (long offset = Math.max(logStart, range.first()); offset < range.end(); offset++) {
      if (offset != 13) {
        records.add(offset);
      }
    }
    return new Telemetry.Found(logStart, records);
  }

  private void answer(long... offsets) {
    for (long offset : offsets) {
      ledger.answered(SOURCE, offset);
    }
  }

  private void settle(long offset) {
    ledger.settle(Map.of(SOURCE, offset), this::look);
  }

  private static Finding finding(AnswerVerdict verdict, long first, long end, long count) {
    return new Finding(SOURCE, verdict, first, end, count);
  }

  @Test
  void shouldBeCompleteWithoutLookingAtTheTelemetry() {
    answer(3, 0, 2, 1, 5, 4, 7);
    settle(6);
    assertThat(ledger.takeFindings()).isEmpty();
    assertThat(ledger.complete()).containsExactly(finding(COMPLETE, 0, 6, 6));
    assertThat(looks).isZero();
  }

  @Test
  void shouldNotMissWhatIsNotCommittedYet() {
    answer(0, 1, 5);
    settle(2);
    assertThat(ledger.takeFindings()).isEmpty();
    answer(2, 3, 4);
    settle(6);
    assertThat(ledger.takeFindings()).isEmpty();
    assertThat(ledger.complete()).containsExactly(finding(COMPLETE, 0, 6, 6));
  }

  @Test
  void shouldNameRecordsWithoutAnAnswerAndTakeItBackWhenTheyGetOne() {
    answer(0, 1, 4, 5);
    settle(6);
    assertThat(ledger.takeFindings()).containsExactly(finding(UNANSWERED, 2, 4, 2));
    assertThat(ledger.unanswered()).isEqualTo(2);

    answer(3);
    assertThat(ledger.takeFindings()).containsExactly(finding(UNANSWERED, 2, 4, 1));
    answer(2);
    assertThat(ledger.takeFindings()).containsExactly(finding(UNANSWERED, 2, 4, 0));
    assertThat(ledger.unanswered()).isZero();
    assertThat(ledger.complete()).containsExactly(finding(COMPLETE, 0, 6, 6));
  }

  @Test
  void shouldNameASecondAnswerBeforeAndAfterItIsSettled() {
    answer(0, 1, 1, 2);
    assertThat(ledger.takeFindings()).containsExactly(finding(ANSWERED_TWICE, 1, 2, 1));
    settle(3);
    answer(0, 1);
    assertThat(ledger.takeFindings())
        .containsExactly(finding(ANSWERED_TWICE, 0, 1, 1), finding(ANSWERED_TWICE, 1, 2, 2));
    assertThat(ledger.surplusAnswers()).isEqualTo(3);
  }

  @Test
  void shouldTakeMarksOfTransactionsForNoRecords() {
    answer(12, 14);
    ledger.settle(Map.of(SOURCE, 12L), this::look);
    ledger.takeFindings();
    settle(15);
    assertThat(ledger.takeFindings()).isEmpty();
  }

  @Test
  void shouldNameWhatRetentionTookUnanswered() {
    logStart = 7;
    answer(0, 1, 8, 9);
    settle(10);
    assertThat(ledger.takeFindings())
        .containsExactly(finding(GAP, 2, 7, 5), finding(UNANSWERED, 7, 8, 1));
    answer(3); // An answer that was on its way all the same is no second one.
    assertThat(ledger.takeFindings()).isEmpty();
  }

  @Test
  void shouldCountNothingFromBeforeItBegan() {
    ledger = new AnswerLedger(List.of(new Page(SOURCE, 100)));
    answer(99, 100);
    settle(101);
    assertThat(ledger.takeFindings()).isEmpty();
    assertThat(ledger.complete()).containsExactly(finding(COMPLETE, 100, 101, 1));
  }

  @Test
  void shouldLeaveOtherTopicsAlone() {
    ledger.answered(new TopicPartition("telemetry-overflow", 0), 5);
    ledger.settle(Map.of(new TopicPartition("else", 0), 5L), this::look);
    ledger.answered(FRAMES, 0);
    assertThat(ledger.complete()).extracting(Finding::source).containsExactly(SOURCE, FRAMES);
  }

  @Test
  void shouldGoOnFromItsStateAsIfNothingHadHappened() {
    answer(0, 1, 1, 4, 5, 9);
    settle(6);
    ledger.takeFindings();
    AnswerLedger restored = new AnswerLedger(ledger.state().stream().map(Page::new).toList());
    for (AnswerLedger each : List.of(ledger, restored)) {
      each.answered(SOURCE, 2);
      each.answered(SOURCE, 9);
      each.answered(SOURCE, 1);
      each.settle(Map.of(SOURCE, 10L), this::look);
    }
    assertThat(restored.takeFindings()).isEqualTo(ledger.takeFindings()).hasSize(4);
    assertThat(restored.complete()).isEqualTo(ledger.complete());
  }
}
