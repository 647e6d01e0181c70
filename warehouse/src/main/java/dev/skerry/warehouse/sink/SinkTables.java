package dev.skerry.warehouse.sink;

import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import java.util.List;

/** The topics that can become tables. */
public final class SinkTables {

  private static final String WINDOW = "windowStart";
  private static final String EVENT = "eventTime";

  private static final List<SinkTable> ALL =
      List.of(
          new SinkTable(Topics.AGGREGATES, WINDOW),
          new SinkTable(Topics.FLEET_AGGREGATES, WINDOW),
          new SinkTable(Topics.DRIFT, WINDOW),
          new SinkTable(Topics.LEDGER, WINDOW),
          new SinkTable(Topics.COMPLETENESS, WINDOW),
          new SinkTable(Topics.MODEL_STATUS, "changedAt"),
          new SinkTable(Topics.RETRAINING_SAMPLES, EVENT),
          new SinkTable(Topics.DETECTIONS, EVENT),
          new SinkTable(Topics.OVERFLOW_DETECTIONS, EVENT));

  private SinkTables() {}

  /** All of them, in the order of the flow. */
  public static List<SinkTable> all() {
    return ALL;
  }

  /**
   * Those of some topics.
   *
   * @throws ConfigException for a topic that cannot become one
   */
  public static List<SinkTable> of(List<String> topics) {
    List<String> possible = ALL.stream().map(table -> table.topic().name()).toList();
    for (String topic : topics) {
      if (!possible.contains(topic)) {
        throw new ConfigException(
            "warehouse.topics names " + topic + ", which is none of " + possible);
      }
    }
    return ALL.stream().filter(table -> topics.contains(table.topic().name())).toList();
  }
}
