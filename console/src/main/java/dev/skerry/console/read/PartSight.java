package dev.skerry.console.read;

import java.util.List;

/**
 * How a part is, as it says itself.
 *
 * @param health whether it answers, and is ready
 * @param detail why not, or what it says; for people
 * @param budgets of the part that chooses what is kept for retraining
 */
public record PartSight(
    String name, Health health, String detail, Figures figures, List<Budget> budgets) {

  /** Whether a part answers, and is ready. */
  public enum Health {
    UP,
    STARTING,
    DOWN
  }

  static PartSight down(String name, String why) {
    return new PartSight(name, Health.DOWN, why, Figures.NONE, List.of());
  }
}
