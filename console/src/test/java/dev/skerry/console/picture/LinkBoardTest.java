package dev.skerry.console.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.console.read.Figures;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkBoardTest {

  private final LinkBoard board = new LinkBoard();

  @Test
  void shouldAddUpWhatWaitsAndNameTheShortestRoom() {
    LinkBoard.Link link = board.look(0, mirror(1, 100), Optional.empty(), 0);
    assertThat(link.state()).isEqualTo("up");
    assertThat(link.records()).isEqualTo(15);
    assertThat(link.bytes()).isEqualTo(1_500);
    assertThat(link.waitingSeconds()).isEqualTo(8);
    assertThat(link.roomSeconds()).isEqualTo(3_600);
    assertThat(link.topics()).hasSize(2);
  }

  @Test
  void shouldSayThatTheLinkIsAwayUnlessItWasToldToBeSo() {
    assertThat(board.look(0, mirror(0, 0), Optional.empty(), 0).state()).isEqualTo("away");
    assertThat(board.look(1, mirror(0, 0), Optional.of("cut"), 0).state()).isEqualTo("cut");
    assertThat(board.look(2, Optional.empty(), Optional.empty(), 0).state()).isEqualTo("none");
  }

  @Test
  void shouldKeepWhatWasSeenWhileTheMirrorIsAway() {
    board.look(0, mirror(1, 100), Optional.empty(), 0);
    LinkBoard.Link link = board.look(1_000, Optional.of(Figures.NONE), Optional.empty(), 0);
    assertThat(link.state()).isEqualTo("unknown");
    assertThat(link.records()).isEqualTo(15);
  }

  @Test
  void shouldCompareWhatCrossedWithWhatCameIn() {
    board.look(0, mirror(1, 100), Optional.empty(), 10_000);
    LinkBoard.Link link = board.look(10_000, mirror(1, 1_100), Optional.empty(), 60_000);
    assertThat(link.sentBytes()).isEqualTo(1_000);
    assertThat(link.keptBytes()).isEqualTo(50_000);
    assertThat(link.sentPerSecond()).isEqualTo(100);
    assertThat(link.contentBytes()).isEqualTo(3_000);
    assertThat(link.packedBytes()).isEqualTo(1_000);
    assertThat(link.topics()).extracting(LinkBoard.Waiting::bytesEach).containsExactly(0.0, 55.0);
  }

  private static Optional<Figures> mirror(int up, int sentBytes) {
    return Optional.of(
        Figures.parse(
            """
            skerry_link_up %d
            skerry_link_backlog_records{topic="aggregates"} 3
            skerry_link_backlog_bytes{topic="aggregates"} 300
            skerry_link_backlog_seconds{topic="aggregates"} 8
            skerry_link_room_seconds{topic="aggregates"} 7200
            skerry_link_backlog_records{topic="retraining-samples"} 12
            skerry_link_backlog_bytes{topic="retraining-samples"} 1200
            skerry_link_backlog_seconds{topic="retraining-samples"} 4
            skerry_link_room_seconds{topic="retraining-samples"} 3600
            skerry_mirror_sent_bytes_total{flow="bulk"} %d
            skerry_mirror_content_records_total{flow="bulk",topic="retraining-samples"} 20
            skerry_mirror_content_bytes_total{flow="bulk",topic="retraining-samples"} %d
            skerry_mirror_batch_bytes_total{flow="bulk",topic="retraining-samples"} %d
            """
                .formatted(up, sentBytes, sentBytes * 3, sentBytes)));
  }
}
