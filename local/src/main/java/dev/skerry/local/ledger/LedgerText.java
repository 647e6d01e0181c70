package dev.skerry.local.ledger;

import dev.skerry.local.terminal.Table;
import dev.skerry.local.terminal.Text;
import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessVerdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The verdicts as tables for people. */
public final class LedgerText {

  private static final List<CompletenessVerdict> WORST_FIRST =
      List.of(
          CompletenessVerdict.MISSING,
          CompletenessVerdict.DOUBLED,
          CompletenessVerdict.DIFFERS,
          CompletenessVerdict.PENDING,
          CompletenessVerdict.COMPLETE);

  private LedgerText() {}

  /** A row for each hour of each topic of each site. */
  public static String hours(Verdicts verdicts) {
    Table table = new Table(List.of("site", "topic", "hour (UTC)", "records", "minutes"));
    verdicts
        .byStream()
        .forEach(
            (stream, windows) ->
                byHour(windows).forEach((hour, minutes) -> row(table, stream, hour, minutes)));
    return table.text();
  }

  private static Map<Instant, List<Completeness>> byHour(List<Completeness> windows) {
    return windows.stream()
        .collect(
            Collectors.groupingBy(
                window -> window.getWindowStart().truncatedTo(ChronoUnit.HOURS),
                TreeMap::new,
                Collectors.toList()));
  }

  private static void row(
      Table table, Verdicts.Stream stream, Instant hour, List<Completeness> minutes) {
    table.row(
        stream.siteId(),
        stream.topic(),
        Text.minute(hour),
        Text.count(minutes.stream().mapToLong(Completeness::getCloudCount).sum()),
        counts(minutes));
  }

  /** What is wrong first, so that no narrow terminal hides it. */
  private static String counts(List<Completeness> minutes) {
    return WORST_FIRST.stream()
        .map(verdict -> count(minutes, verdict))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String count(List<Completeness> minutes, CompletenessVerdict verdict) {
    long count = minutes.stream().filter(minute -> minute.getVerdict() == verdict).count();
    return count == 0 ? "" : count + " " + verdict.name().toLowerCase(Locale.ROOT);
  }

  /** A row for each minute, with the counts of both sides. */
  public static String minutes(List<Completeness> windows) {
    Table table =
        new Table(
            List.of("site", "topic", "minute (UTC)", "verdict", "edge", "cloud", "hash sums"));
    for (Completeness window : windows) {
      Long edgeCount = window.getEdgeCount();
      table.row(
          window.getSiteId(),
          window.getTopic(),
          Text.minute(window.getWindowStart()),
          verdict(window),
          edgeCount == null ? "no page" : Text.count(edgeCount),
          Text.count(window.getCloudCount()),
          sums(window));
    }
    return table.text();
  }

  private static String verdict(Completeness window) {
    return window.getDifference() == 0
        ? window.getVerdict().name()
        : window.getVerdict() + " " + Text.count(window.getDifference());
  }

  private static String sums(Completeness window) {
    Long edge = window.getEdgeHashSum();
    String cloud = "%016x".formatted(window.getCloudHashSum());
    if (edge == null) {
      return cloud;
    }
    return edge == window.getCloudHashSum() ? "equal" : "%016x %s".formatted(edge, cloud);
  }
}
