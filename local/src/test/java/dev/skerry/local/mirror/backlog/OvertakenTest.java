package dev.skerry.local.mirror.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.local.mirror.backlog.Overtaken.Loss;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OvertakenTest {

  private static final int PARTITION = 2;
  private static final long NOW_MILLIS = 1_000_000_000;

  private final Overtaken overtaken = new Overtaken();

  @Test
  void shouldNameEachOffsetOnceThatIsDeletedBeforeItIsMirrored() {
    assertThat(look(0, 500, 1_000)).isEmpty();
    assertThat(look(800, 500, 1_000)).contains(new Loss(PARTITION, 500, 799));
    assertThat(look(800, 500, 1_200)).as("the same once more").isEmpty();
    assertThat(look(850, 500, 1_200)).contains(new Loss(PARTITION, 800, 849));
    assertThat(look(850, 1_000, 1_200)).as("the mirror goes on behind it").isEmpty();
    assertThat(look(1_100, 1_000, 1_200)).contains(new Loss(PARTITION, 1_000, 1_099));
    assertThat(overtaken.offsets(NOW_MILLIS)).isEqualTo(300 + 50 + 100);
  }

  @Test
  void shouldTakeTheMarkAfterTheLastRecordForNoLoss() {
    assertThat(nothingWaits(0, 99, 100)).isEmpty();
    assertThat(nothingWaits(100, 99, 100)).as("deleted by its age").isEmpty();
    assertThat(look(100, 99, 140)).isEmpty();
    assertThat(look(120, 99, 140)).contains(new Loss(PARTITION, 100, 119));
  }

  @Test
  void shouldShowALossForADay() {
    assertThat(look(40, 0, 100)).isPresent();
    long dayMillis = Overtaken.SHOWN.toMillis();
    assertThat(overtaken.offsets(NOW_MILLIS + dayMillis - 1)).isEqualTo(40);
    assertThat(overtaken.offsets(NOW_MILLIS + dayMillis)).isZero();
    assertThat(overtaken.look(PARTITION, waiting(45, 0, 100), NOW_MILLIS + 2 * dayMillis))
        .isPresent();
    assertThat(overtaken.offsets(NOW_MILLIS + 2 * dayMillis)).as("of that day").isEqualTo(5);
  }

  private Optional<Loss> look(long first, long next, long end) {
    return overtaken.look(PARTITION, waiting(first, next, end), NOW_MILLIS);
  }

  private static PartitionBacklog waiting(long first, long next, long end) {
    return new PartitionBacklog(first, next, end, 1_000, Optional.of(NOW_MILLIS));
  }

  private Optional<Loss> nothingWaits(long first, long next, long end) {
    return overtaken.look(
        PARTITION, new PartitionBacklog(first, next, end, 1_000, Optional.empty()), NOW_MILLIS);
  }
}
