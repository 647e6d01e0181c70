package dev.skerry.warehouse.sink;

import dev.skerry.schemas.topic.Topic;
import java.util.Locale;

/**
 * A topic and the table that it becomes, partitioned by day and site.
 *
 * @param topic whose records it takes
 * @param dayColumn the time of a record, by which it is partitioned
 */
public record SinkTable(Topic topic, String dayColumn) {

  /** Before the names of all connectors of the warehouse. */
  public static final String CONNECTOR_PREFIX = "warehouse-";

  /** Connect's own, before the names of connectors' consumer groups. */
  private static final String GROUP_PREFIX = "connect-";

  /** The table's name: that of the topic, as SQL writes names. */
  public String table() {
    return topic.name().replace('-', '_').toLowerCase(Locale.ROOT);
  }

  /** The connector that fills it. */
  public String connector() {
    return CONNECTOR_PREFIX + topic.name();
  }

  /** Over which the connector's tasks agree on commits; one for each connector. */
  public String controlTopic() {
    return "warehouse-control-" + topic.name();
  }

  /** The consumer group of a connector's task that commits, on the control topic. */
  static String coordinatorGroup(String connector) {
    return GROUP_PREFIX + connector + "-coord";
  }

  /** Before the names of the groups in which each task reads the control topic for itself. */
  public String controlGroups() {
    return GROUP_PREFIX + connector() + "-control-";
  }

  /** Full name of the records that it takes. */
  public String recordName() {
    return topic.value().getName();
  }

  /** How it is partitioned, in Iceberg's words. */
  public String partitionBy() {
    return "day(" + dayColumn + "),siteId";
  }
}
