package dev.skerry.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AnswerLedgerTest {

  private static final TopicPartition P0 = new TopicPartition("telemetry", 0);
  private static final TopicPartition P1 = new TopicPartition("telemetry", 1);

  private final AnswerLedger ledger = new AnswerLedger(Map.of(P0, 100L, P1, 0L));

  @Test
  void shouldAddUpWhenEachRecordHasOneAnswerInAnyOrder() {
    ledger.deadLettered(P1, 0);
    ledger.asked(P0, 100);
    ledger.asked(P1, 0);
    ledger.asked(P0, 103); // Offsets between belong to a transaction's marks.
    ledger.detected(P0, 103);
    ledger.detected(P0, 100);
    AnswerReport report = ledger.report();
    assertThat(report).isEqualTo(new AnswerReport(3, 0, 2, 1, 0, 0, 0, 0));
    assertThat(report.addsUp()).isTrue();
  }

  @Test
  void shouldSayHowManyOfTheRecordsAreFrames() {
    TopicPartition frames = new TopicPartition("telemetry-frames", 0);
    AnswerLedger both = new AnswerLedger(Map.of(P0, 100L, frames, 0L));
    both.asked(P0, 100);
    both.detected(P0, 100);
    both.asked(frames, 100);
    both.deadLettered(frames, 100);
    assertThat(both.report()).isEqualTo(new AnswerReport(2, 1, 1, 1, 0, 0, 0, 0));
  }

  @Test
  void shouldCountWhatIsLeftToTheCloudAsAnAnswer() {
    ledger.asked(P0, 100);
    ledger.asked(P0, 101);
    ledger.detected(P0, 100);
    ledger.overflowed(P0, 101);
    assertThat(ledger.report()).isEqualTo(new AnswerReport(2, 0, 1, 0, 1, 0, 0, 0));
    assertThat(ledger.report().addsUp()).isTrue();
    ledger.overflowed(P0, 100);
    assertThat(ledger.report().doubled()).isEqualTo(1);
    assertThat(ledger.report().addsUp()).isFalse();
  }

  @Test
  void shouldCountWhatHasNoAnswer() {
    ledger.asked(P0, 100);
    ledger.asked(P0, 101);
    ledger.detected(P0, 101);
    assertThat(ledger.report()).isEqualTo(new AnswerReport(2, 0, 1, 0, 0, 1, 0, 0));
    assertThat(ledger.report().addsUp()).isFalse();
  }

  @Test
  void shouldCountASecondAnswerWhateverItsKind() {
    ledger.asked(P0, 100);
    ledger.detected(P0, 100);
    ledger.deadLettered(P0, 100);
    assertThat(ledger.report()).isEqualTo(new AnswerReport(1, 0, 1, 1, 0, 0, 1, 0));
    assertThat(ledger.report().addsUp()).isFalse();
  }

  @Test
  void shouldCountAnswersToWhatNobodyAsked() {
    ledger.detected(P1, 7);
    ledger.detected(P0, 99);
    ledger.detected(new TopicPartition("elsewhere", 0), 0);
    assertThat(ledger.report().unasked()).isEqualTo(3);
    assertThat(ledger.report().addsUp()).isFalse();
  }

  @Test
  void shouldNotAskForWhatAnEarlierRunAnswered() {
    ledger.asked(P0, 99);
    assertThat(ledger.report()).isEqualTo(new AnswerReport(0, 0, 0, 0, 0, 0, 0, 0));
  }
}
