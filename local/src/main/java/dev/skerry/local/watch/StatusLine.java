package dev.skerry.local.watch;

import dev.skerry.local.terminal.Text;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Two snapshots as one line for people. */
public final class StatusLine {

  private static final String STARTING = "starting: the brokers answer, no telemetry yet";

  private StatusLine() {}

  /** For example {@code 120 in/s 118 detections/s lag 3 latency p50 21 ms p99 88 ms …}. */
  public static String of(Snapshot before, Snapshot now) {
    if (now.telemetry() == 0 && now.detections() == 0) {
      return STARTING;
    }
    List<String> fields = new ArrayList<>();
    fields.add(
        rate(before, now, before.telemetry(), now.telemetry()) + " in/s" + frames(before, now));
    fields.add(rate(before, now, before.detections(), now.detections()) + " detections/s");
    fields.add("lag " + Text.count(now.lag()));
    if (now.detections() > before.detections()) {
      fields.add(
          "latency p50 "
              + Text.millis(now.recentP50Millis())
              + " p99 "
              + Text.millis(now.recentP99Millis()));
    }
    fields.add(Text.count(now.detections()) + " detections" + labels(now));
    models(before, now).ifPresent(fields::add);
    fields.add("low-confidence " + Text.count(now.lowConfidence()));
    fields.add("dead letters " + Text.count(now.deadLetters() + now.otherDeadLetters()));
    if (now.overflow() > 0) {
      fields.add("overflow " + Text.count(now.overflow()));
    }
    fields.add("mirrored " + mirrored(now));
    return String.join(" | ", fields);
  }

  /** The same in few words, for a line that has several sites. */
  public static String brief(Snapshot before, Snapshot now) {
    return "%s in/s, %s detections/s, lag %s, mirrored %s/%s"
        .formatted(
            rate(before, now, before.telemetry(), now.telemetry()),
            rate(before, now, before.detections(), now.detections()),
            Text.count(now.lag()),
            Text.count(sum(now.cloud())),
            Text.count(sum(now.edge())));
  }

  private static long sum(Map<String, Long> records) {
    return records.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String frames(Snapshot before, Snapshot now) {
    return now.frames() == 0
        ? ""
        : " (" + rate(before, now, before.frames(), now.frames()) + " frames)";
  }

  private static String labels(Snapshot now) {
    if (now.byLabel().isEmpty()) {
      return "";
    }
    return now.byLabel().entrySet().stream()
        .map(entry -> entry.getKey() + " " + Text.count(entry.getValue()))
        .collect(Collectors.joining(", ", " (", ")"));
  }

  /** Which share of the latest answers is whose, as soon as a model had a second version. */
  private static Optional<String> models(Snapshot before, Snapshot now) {
    Set<String> names = new HashSet<>();
    boolean isOne =
        now.byModel().keySet().stream()
            .allMatch(model -> names.add(model.substring(0, model.lastIndexOf(' '))));
    if (isOne) {
      return Optional.empty();
    }
    String latest =
        now.byModel().entrySet().stream()
            .filter(entry -> entry.getValue() > before.byModel().getOrDefault(entry.getKey(), 0L))
            .map(
                entry ->
                    entry.getKey()
                        + " "
                        + rate(
                            before,
                            now,
                            before.byModel().getOrDefault(entry.getKey(), 0L),
                            entry.getValue())
                        + "/s")
            .collect(Collectors.joining(", "));
    return latest.isEmpty() ? Optional.empty() : Optional.of(latest);
  }

  private static String mirrored(Snapshot now) {
    String topics =
        Topics.mirroredFrom(Side.EDGE).stream()
            .filter(topic -> now.edge().getOrDefault(topic.name(), 0L) > 0)
            .map(
                topic ->
                    "%s %s/%s"
                        .formatted(
                            topic.name(),
                            Text.count(now.cloud().getOrDefault(topic.name(), 0L)),
                            Text.count(now.edge().getOrDefault(topic.name(), 0L))))
            .collect(Collectors.joining(", "));
    return topics.isEmpty() ? "nothing" : topics;
  }

  private static String rate(Snapshot before, Snapshot now, long from, long to) {
    long elapsedMillis = Math.max(1, now.atMillis() - before.atMillis());
    return Text.count(Math.round((to - from) * 1000.0 / elapsedMillis));
  }
}
