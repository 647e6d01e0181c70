package dev.skerry.local.site;

import dev.skerry.local.audit.AnswerReport;
import dev.skerry.local.audit.MirrorReport;
import dev.skerry.local.terminal.Text;
import dev.skerry.local.watch.Snapshot;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run did, and whether it adds up.
 *
 * @param answers telemetry against answers, by partition and offset
 * @param mirrored what the cloud has of it
 * @param overflow what all sites left to the cloud against the answers there; empty where nothing
 *     was looked at
 * @param seen what the watch counted meanwhile
 */
public record RunReport(
    AnswerReport answers, MirrorCheck mirrored, Optional<AnswerReport> overflow, Snapshot seen) {

  private static final int COLUMNS = 80;

  /**
   * Every telemetry record has exactly one answer and the cloud has every mirrored record once, as
   * far as the link was there.
   */
  public boolean addsUp() {
    return answers.addsUp()
        && mirrored.addsUp()
        && overflow.filter(cloud -> cloud.unanswered() + cloud.doubled() > 0).isEmpty();
  }

  /** The report for people, several lines. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    line(text, "records in", Text.count(answers.telemetry()) + frames());
    line(text, "detections", Text.count(answers.detections()) + labels());
    line(text, "dead letters", Text.count(answers.deadLetters()) + " from inference" + others());
    if (answers.overflowed() > 0) {
      line(text, "overflow", Text.count(answers.overflowed()) + " left to the cloud");
    }
    overflow
        .filter(cloud -> cloud.telemetry() > 0)
        .ifPresent(cloud -> line(text, "in the cloud", inTheCloud(cloud)));
    line(text, "low confidence", Text.count(seen.lowConfidence()));
    mirrored.topics().stream()
        .filter(report -> report.edge() + report.cloud() > 0)
        .forEach(report -> line(text, "mirrored", mirror(report)));
    line(
        text,
        "latency",
        "p50 %s, p99 %s since the first answers"
            .formatted(Text.millis(seen.p50Millis()), Text.millis(seen.p99Millis())));
    return text + String.join(System.lineSeparator(), Text.lines(verdict(), COLUMNS));
  }

  private String verdict() {
    return addsUp() ? sound() : problem();
  }

  private String sound() {
    String cloud =
        mirrored instanceof MirrorCheck.Cut cut
            ? "; the link is cut, and " + Text.count(cut.waiting()) + " records wait for it."
            : mirrored instanceof MirrorCheck.NoCloud
                ? "; there is no cloud."
                : ", and the cloud has all that is mirrored.";
    return "It adds up: each record has exactly one answer" + cloud;
  }

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

  private static String inTheCloud(AnswerReport cloud) {
    return "%s of %s that overflowed are answered, %s of them by a dead letter"
        .formatted(
            Text.count(cloud.telemetry() - cloud.unanswered()),
            Text.count(cloud.telemetry()),
            Text.count(cloud.deadLetters()));
  }

  private String problem() {
    String mirror =
        mirrored.topics().stream()
            .filter(report -> !report.addsUp())
            .map(
                report ->
                    "; %s: missing %d, doubled %d, reordered partitions %d"
                        .formatted(
                            report.topic(), report.missing(), report.doubled(), report.reordered()))
            .collect(Collectors.joining());
    String cloud =
        overflow
            .map(
                found ->
                    "; in the cloud unanswered %d, doubled %d"
                        .formatted(found.unanswered(), found.doubled()))
            .orElse("");
    return "It does NOT add up: unanswered %d, doubled %d, not asked for %d%s%s"
        .formatted(answers.unanswered(), answers.doubled(), answers.unasked(), mirror, cloud);
  }

  private static void line(StringBuilder text, String name, String value) {
    String start = "  %-15s ".formatted(name);
    String values =
        String.join(
            System.lineSeparator() + " ".repeat(start.length()),
            Text.lines(value, COLUMNS - start.length()));
    text.append(start).append(values).append(System.lineSeparator());
  }
}
