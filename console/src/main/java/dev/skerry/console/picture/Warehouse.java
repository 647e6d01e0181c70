package dev.skerry.console.picture;

import dev.skerry.console.read.Figures;
import dev.skerry.console.read.Figures.Sample;
import dev.skerry.console.read.PartSight;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The tables of what has reached the cloud.
 *
 * @param isThere whether a warehouse is asked at all
 * @param tables by name
 * @param tasks of all its connectors, by what they do: running, failed …
 * @param connectors the same of each, by name; empty where the warehouse does not say
 * @param restarts of connectors that had failed
 */
record Warehouse(
    boolean isThere,
    List<Table> tables,
    SortedMap<String, Long> tasks,
    SortedMap<String, SortedMap<String, Long>> connectors,
    long restarts) {

  private static final String ROWS = "skerry_warehouse_rows";
  private static final String TASKS = "skerry_warehouse_tasks";
  private static final String NEWEST = "skerry_warehouse_newest_seconds";

  /**
   * A table.
   *
   * @param newestAt when rows came last, in milliseconds since the epoch; 0 where none ever did
   */
  record Table(String name, long rows, long newestAt) {}

  static Warehouse of(Optional<PartSight> part) {
    Figures figures = part.map(PartSight::figures).orElse(Figures.NONE);
    Map<String, Double> newest =
        figures.of(NEWEST).stream()
            .collect(Collectors.toMap(s -> s.label("table"), Sample::value, Math::max));
    List<Table> tables =
        figures.of(ROWS).stream()
            .map(
                rows ->
                    new Table(
                        rows.label("table"),
                        (long) rows.value(),
                        (long) (newest.getOrDefault(rows.label("table"), 0.0) * 1_000)))
            .sorted(Comparator.comparing(Table::name))
            .toList();
    return new Warehouse(
        part.isPresent(),
        tables,
        tasks(figures),
        connectors(figures),
        (long) figures.sum("skerry_warehouse_restarts_total"));
  }

  private static SortedMap<String, SortedMap<String, Long>> connectors(Figures figures) {
    SortedMap<String, SortedMap<String, Long>> connectors = new TreeMap<>();
    for (Sample sample : figures.of(TASKS)) {
      SortedMap<String, Long> states =
          connectors.computeIfAbsent(sample.label("connector"), name -> new TreeMap<>());
      if (sample.value() > 0) {
        states.merge(sample.label("state"), (long) sample.value(), Long::sum);
      }
    }
    return connectors;
  }

  private static SortedMap<String, Long> tasks(Figures figures) {
    SortedMap<String, Long> tasks = new TreeMap<>();
    connectors(figures)
        .values()
        .forEach(states -> states.forEach((state, n) -> tasks.merge(state, n, Long::sum)));
    long failed = (long) figures.sum("skerry_warehouse_failed_tasks");
    if (failed > 0) {
      tasks.put("failed", failed);
    }
    return tasks;
  }
}
