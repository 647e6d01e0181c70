package dev.skerry.local.site;

import dev.skerry.local.audit.AnswerReport;
import dev.skerry.local.audit.MirrorReport;
import dev.skerry.local.terminal.Text;
import dev.skerry.local.watch.Snapshot;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a run did, and whether it adds up.
 *
 * @param answers telemetry against answers, by partition and offset
 * @param mirrored each mirrored topic, edge against cloud, record for record
 * @param seen what the watch counted meanwhile
 */
public record RunReport(AnswerReport answers, List<MirrorReport> mirrored, Snapshot seen) {

  public RunReport {
    mirrored = List.copyOf(mirrored);
  }

  /** Every telemetry record has exactly one answer and the cloud has every mirrored record once. */
  public boolean addsUp() {
    return answers.addsUp() && mirrored.stream().allMatch(MirrorReport::addsUp);
  }

  /** The report for people, several lines. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    line(text, "records in", Text.count(answers.telemetry()) + frames());
    line(text, "detections", Text.count(answers.detections()) + labels());
    line(text, "dead letters", Text.count(answers.deadLetters()) + " from inference" + others());
    line(text, "low confidence", Text.count(seen.lowConfidence()));
    mirrored.stream()
        .filter(report -> report.edge() + report.cloud() > 0)
        .forEach(report -> line(text, "mirrored", mirror(report)));
    line(
        text,
        "latency",
        "p50 " + Text.millis(seen.p50Millis()) + ", p99 " + Text.millis(seen.p99Millis()));
    text.append(addsUp() ? OK : problem());
    return text.toString();
  }

  private static final String OK =
      "It adds up: each record has exactly one answer, and the cloud has all that is mirrored.";

  private String frames() {
    return answers.frames() == 0 ? "" : ", of them " + Text.count(answers.frames()) + " frames";
  }

  private String labels() {
    return seen.byLabel().isEmpty()
        ? ""
        : seen.byLabel().entrySet().stream()
            .map(entry -> entry.getKey() + " " + Text.count(entry.getValue()))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private String others() {
    return seen.otherDeadLetters() == 0
        ? ""
        : ", " + Text.count(seen.otherDeadLetters()) + " from other parts";
  }

  private static String mirror(MirrorReport report) {
    return "%s %s of %s"
        .formatted(report.topic(), Text.count(report.cloud()), Text.count(report.edge()));
  }

  private String problem() {
    String mirror =
        mirrored.stream()
            .filter(report -> !report.addsUp())
            .map(
                report ->
                    "; %s: missing %d, doubled %d, reordered partitions %d"
                        .formatted(
                            report.topic(), report.missing(), report.doubled(), report.reordered()))
            .collect(Collectors.joining());
    return "It does NOT add up: unanswered %d, doubled %d, not asked for %d%s"
        .formatted(answers.unanswered(), answers.doubled(), answers.unasked(), mirror);
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  %-15s %s%n".formatted(name, value));
  }
}
