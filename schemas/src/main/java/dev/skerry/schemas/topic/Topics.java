package dev.skerry.schemas.topic;

import static dev.skerry.schemas.topic.Topic.Mirror.EDGE_TO_CLOUD_BULK;
import static dev.skerry.schemas.topic.Topic.Mirror.EDGE_TO_CLOUD_URGENT;
import static dev.skerry.schemas.topic.Topic.Mirror.NO;

import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.AggregateKey;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** The one catalogue of topics: what brokers, manifests and documentation are made from. */
public final class Topics {

  /** The largest telemetry record that is admitted, 4 MiB: a frame, encoded. */
  public static final int MAX_TELEMETRY_BYTES = 4 << 20;

  /** What admits the largest telemetry also admits it wrapped as candidate or dead letter. */
  public static final int MAX_WRAPPED_BYTES = MAX_TELEMETRY_BYTES + (256 << 10);

  private static final String DEVICE = "deviceId";
  private static final int PARTITIONS = 4;
  private static final long GIB = 1L << 30;

  public static final Topic TELEMETRY =
      new Topic(
          "telemetry",
          DEVICE,
          Optional.empty(),
          Telemetry.class,
          "ingest, any Avro producer",
          "inference-processor",
          NO,
          PARTITIONS,
          Duration.ofDays(1),
          GIB,
          MAX_TELEMETRY_BYTES);

  public static final Topic TELEMETRY_FRAMES =
      new Topic(
          "telemetry-frames",
          DEVICE,
          Optional.empty(),
          Telemetry.class,
          "ingest",
          "inference-processor",
          NO,
          PARTITIONS,
          Duration.ofDays(1),
          GIB,
          MAX_TELEMETRY_BYTES);

  public static final Topic DETECTIONS =
      new Topic(
          "detections",
          DEVICE,
          Optional.empty(),
          Detection.class,
          "inference-processor",
          "local consumers, aggregator",
          NO,
          PARTITIONS,
          Duration.ofDays(3),
          GIB,
          MAX_WRAPPED_BYTES);

  public static final Topic RETRAINING_CANDIDATES =
      new Topic(
          "retraining-candidates",
          DEVICE,
          Optional.empty(),
          RetrainingSample.class,
          "inference-processor",
          "retrain-feeder (select)",
          NO,
          PARTITIONS,
          Duration.ofDays(1),
          GIB,
          MAX_WRAPPED_BYTES);

  public static final Topic RETRAINING_SAMPLES =
      new Topic(
          "retraining-samples",
          DEVICE,
          Optional.empty(),
          RetrainingSample.class,
          "retrain-feeder (select)",
          "cloud readers",
          EDGE_TO_CLOUD_BULK,
          PARTITIONS,
          Duration.ofDays(7),
          GIB,
          MAX_WRAPPED_BYTES);

  public static final Topic AGGREGATES =
      new Topic(
          "aggregates",
          "AggregateKey",
          Optional.<Class<? extends SpecificRecord>>of(AggregateKey.class),
          Aggregate.class,
          "aggregator",
          "dashboards, warehouse",
          EDGE_TO_CLOUD_URGENT,
          PARTITIONS,
          Duration.ofDays(7),
          GIB,
          1 << 20);

  public static final Topic DEAD_LETTERS =
      new Topic(
          "dead-letters",
          "original key",
          Optional.empty(),
          DeadLetter.class,
          "every part",
          "people",
          NO,
          PARTITIONS,
          Duration.ofDays(14),
          GIB,
          MAX_WRAPPED_BYTES);

  private static final List<Topic> ALL =
      List.of(
          TELEMETRY,
          TELEMETRY_FRAMES,
          DETECTIONS,
          RETRAINING_CANDIDATES,
          RETRAINING_SAMPLES,
          AGGREGATES,
          DEAD_LETTERS);

  private Topics() {}

  /** All topics, in the order of the flow. */
  public static List<Topic> all() {
    return ALL;
  }

  /** The topics that cross the link to the cloud. */
  public static List<Topic> mirrored() {
    return ALL.stream().filter(Topic::mirrored).toList();
  }

  /** The topic of that name; empty where the catalogue has none. */
  public static Optional<Topic> named(String name) {
    return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
  }
}
