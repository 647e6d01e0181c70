package dev.skerry.console.read;

import java.util.List;
import java.util.Optional;

/**
 * How a part is, as it says itself.
 *
 * @param health whether it answers, and is ready
 * @param detail why not, or what it says; for people
 * @param budgets of the part that chooses what is kept for retraining
 * @param loop of the part that makes models of it
 */
public record PartSight(
    String name,
    Health health,
    String detail,
    Figures figures,
    List<Budget> budgets,
    Optional<LoopSight> loop) {

  /** Whether a part answers, and is ready. */
  public enum Health {
    UP,
    STARTING,
    DOWN
  }

  static PartSight silent(String name, Health health, String why) {
    return new PartSight(name, health, why, Figures.NONE, List.of(), Optional.empty());
  }
}
