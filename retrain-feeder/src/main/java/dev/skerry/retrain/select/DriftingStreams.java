package dev.skerry.retrain.select;

import dev.skerry.schemas.DriftReport;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Which streams drift, by the reports of the aggregator. What was not said again for {@link
 * #BELIEVED} holds no longer: the model may be gone. Belongs to one stream task.
 */
final class DriftingStreams {

  static final String STORE = "drifting-streams";

  /** How long a report holds. */
  static final Duration BELIEVED = Duration.ofHours(24);

  private static final char SEPARATOR = '\0';
  private static final char AFTER_SEPARATOR = '\1';

  private final KeyValueStore<String, Long> reportedAtMillis;

  DriftingStreams(KeyValueStore<String, Long> reportedAtMillis) {
    this.reportedAtMillis = reportedAtMillis;
  }

  /** The store, one for all steps that look into it. */
  static StoreBuilder<KeyValueStore<String, Long>> store() {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.Long());
  }

  /** Takes note of a report that was appended then. */
  void hear(DriftReport report, long appendMillis) {
    String key =
        stream(report.getSiteId(), report.getStream())
            + SEPARATOR
            + String.join(
                String.valueOf(SEPARATOR),
                report.getModel(),
                report.getModelVersion(),
                report.getSubject().name(),
                report.getName());
    if (report.getDrifting()) {
      reportedAtMillis.put(key, appendMillis);
    } else {
      reportedAtMillis.delete(key);
    }
  }

  /** Whether a stream drifts, for what was appended then. */
  boolean has(String siteId, String stream, long appendMillis) {
    String key = stream(siteId, stream);
    try (KeyValueIterator<String, Long> reports =
        reportedAtMillis.range(key + SEPARATOR, key + AFTER_SEPARATOR)) {
      while (reports.hasNext()) {
        if (reports.next().value >= appendMillis - BELIEVED.toMillis()) {
          return true;
        }
      }
    }
    return false;
  }

  private static String stream(String siteId, String stream) {
    return siteId + SEPARATOR + stream;
  }
}
