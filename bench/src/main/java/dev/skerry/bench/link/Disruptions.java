package dev.skerry.bench.link;

import dev.skerry.local.link.LinkCondition;
import dev.skerry.schemas.topic.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Plans of what is done to a link, drawn from a seed. */
public final class Disruptions {

  private Disruptions() {}

  /**
   * Cuts of every kind in turn.
   *
   * @param times how many
   * @param kills during or after how many of them the mirror is killed besides, evenly spread
   */
  public static List<Disruption> ofTheLink(long seed, int times, int kills) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Disruption> plan = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      LinkCondition condition = condition(i % 4, random);
      Duration lasts = millis(random, 300, longestMillis(condition));
      boolean killed = (long) (i + 1) * kills / times > (long) i * kills / times;
      Duration killAfter = millis(random, 0, lasts.toMillis() + 2_000);
      plan.add(
          new Disruption.OfTheLink(
              condition, lasts, killed ? Optional.of(killAfter) : Optional.empty()));
    }
    return plan;
  }

  private static LinkCondition condition(int kind, SplittableRandom random) {
    return switch (kind) {
      case 0 -> new LinkCondition.Cut();
      case 1 -> new LinkCondition.Silent();
      case 2 -> new LinkCondition.Thin(random.nextLong(5_000, 60_000), millis(random, 5, 150));
      default -> new LinkCondition.Flapping(millis(random, 200, 1_500), millis(random, 100, 900));
    };
  }

  /** Silence may outlive a transaction, so that flows are fenced. */
  private static int longestMillis(LinkCondition condition) {
    return condition instanceof LinkCondition.Silent ? 16_000 : 6_000;
  }

  /** Both brokers in turn. */
  public static List<Disruption> ofBrokers(long seed, int times) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Disruption> plan = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      plan.add(
          new Disruption.OfABroker(
              i % 2 == 0 ? Side.CLOUD : Side.EDGE, millis(random, 100, 15_000)));
    }
    return plan;
  }

  /** One cut. */
  public static List<Disruption> outage(Duration lasts) {
    return List.of(new Disruption.OfTheLink(new LinkCondition.Cut(), lasts, Optional.empty()));
  }

  private static Duration millis(SplittableRandom random, long from, long below) {
    return Duration.ofMillis(random.nextLong(from, below));
  }
}
