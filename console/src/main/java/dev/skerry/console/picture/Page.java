package dev.skerry.console.picture;

import dev.skerry.console.read.LoopSight;
import dev.skerry.console.read.SiteControl;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows now; its JSON goes to the browsers once a second.
 *
 * @param at milliseconds since the epoch
 * @param problems why something cannot be seen, for people
 * @param loop null where no part makes models
 * @param restarts when parts came back that did so a short while ago, by name
 */
public record Page(
    long at,
    String site,
    List<String> problems,
    Totals totals,
    Moment now,
    Flow flow,
    List<DetectionLine> detections,
    List<DetectionLine> newest,
    List<RoleTally.Figures> roles,
    LinkBoard.Link link,
    AnswerBoard.Answers answers,
    List<LedgerBoard.Row> ledger,
    List<ModelBoard.Step> models,
    List<ModelBoard.Step> steps,
    Retraining retraining,
    @Nullable LoopSight loop,
    Drift drift,
    Warehouse warehouse,
    SiteControl.State control,
    Map<String, Long> restarts,
    Map<String, Long> memory) {

  /** Counts since the console started. */
  record Totals(long telemetry, long detections, long lowConfidence, long deadLetters) {}
}
