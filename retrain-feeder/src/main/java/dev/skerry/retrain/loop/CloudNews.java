package dev.skerry.retrain.loop;

import dev.skerry.schemas.DriftReport;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.release.ReleaseLog;
import dev.skerry.schemas.release.TrustedKeys;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * What the cloud has heard: which releases there are, which of them the sites serve, and which
 * streams drift. Read from the beginning at each start, since it is little. Not thread-safe.
 */
final class CloudNews {

  /** A report that was not said again for so long holds no longer: its model may be gone. */
  static final Duration DRIFT_HOLDS = Duration.ofHours(24);

  /** A site that tries a release for longer is away, and holds up nobody. */
  static final Duration TRIAL_HOLDS = Duration.ofDays(7);

  private static final List<Topic> TOPICS =
      List.of(Topics.MODELS, Topics.MODEL_STATUS, Topics.DRIFT);

  private final Consumer<byte[], byte[]> consumer;
  private final AvroDecoder<ModelStatus> statuses;
  private final AvroDecoder<DriftReport> reports;
  private final ReleaseLog releases = new ReleaseLog(TrustedKeys.anybody());
  private final Map<String, ModelStatus> statusBySite = new HashMap<>();
  private final Map<Drifting, Instant> driftedAt = new HashMap<>();
  private final Clock clock;

  private record Drifting(String siteId, String stream, String subject, String name) {}

  CloudNews(Consumer<byte[], byte[]> consumer, WriterSchemas schemas, Clock clock) {
    this.consumer = consumer;
    this.clock = clock;
    this.statuses = new AvroDecoder<>(ModelStatus.class, schemas);
    this.reports = new AvroDecoder<>(DriftReport.class, schemas);
  }

  /** Reads all that is there. */
  void begin() {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic topic : TOPICS) {
      for (PartitionInfo info : consumer.partitionsFor(topic.name())) {
        partitions.add(new TopicPartition(info.topic(), info.partition()));
      }
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll(Duration.ofMillis(100));
    }
  }

  /** Reads what is new. */
  void poll(Duration wait) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      if (record.topic().equals(Topics.MODELS.name())) {
        releases.accept(record);
      } else if (record.value() != null && record.topic().equals(Topics.DRIFT.name())) {
        if (reports.decode(record.value()) instanceof Decoded.Value<DriftReport> report) {
          hear(report.value(), Instant.ofEpochMilli(record.timestamp()));
        }
      } else if (record.value() != null
          && statuses.decode(record.value()) instanceof Decoded.Value<ModelStatus> status) {
        ModelStatus value = status.value();
        statusBySite.put(value.getSiteId() + '\0' + value.getModel(), value);
      }
    }
  }

  private void hear(DriftReport report, Instant said) {
    Drifting key =
        new Drifting(
            report.getSiteId(), report.getStream(), report.getSubject().name(), report.getName());
    if (report.getDrifting()) {
      driftedAt.put(key, said);
    } else {
      driftedAt.remove(key);
    }
  }

  /** Whether any site has reported of late that a stream drifts. */
  boolean isDrifting(String stream) {
    Instant since = clock.instant().minus(DRIFT_HOLDS);
    driftedAt.values().removeIf(said -> said.isBefore(since));
    return driftedAt.keySet().stream().anyMatch(found -> found.stream().equals(stream));
  }

  /** The version that most sites serve, of several the one that was changed last. */
  Optional<String> championVersion(String model) {
    Map<String, List<ModelStatus>> byVersion =
        statuses(model).stream()
            .filter(status -> status.getChampionVersion() != null)
            .collect(Collectors.groupingBy(ModelStatus::getChampionVersion));
    return byVersion.entrySet().stream()
        .max(
            Comparator.<Map.Entry<String, List<ModelStatus>>>comparingInt(
                    entry -> entry.getValue().size())
                .thenComparingLong(entry -> newestMillis(entry.getValue())))
        .map(Map.Entry::getKey);
  }

  private static long newestMillis(List<ModelStatus> statuses) {
    return statuses.stream()
        .mapToLong(status -> status.getChangedAt().toEpochMilli())
        .max()
        .orElse(0);
  }

  /** Whether a site tries a release of the model just now. */
  boolean isInTrial(String model) {
    Instant since = clock.instant().minus(TRIAL_HOLDS);
    return statuses(model).stream()
        .filter(status -> status.getCanaryVersion() != null)
        .anyMatch(status -> !status.getChangedAt().isBefore(since));
  }

  Optional<Release> release(ReleaseId id) {
    return releases.release(id);
  }

  /** When the last of all that is published was issued, since the epoch. */
  long latestMillis() {
    return releases.releases().stream().mapToLong(Release::latestMillis).max().orElse(0);
  }

  private List<ModelStatus> statuses(String model) {
    return statusBySite.values().stream()
        .filter(status -> status.getModel().equals(model))
        .toList();
  }
}
