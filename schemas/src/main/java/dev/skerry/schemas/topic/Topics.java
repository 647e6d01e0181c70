package dev.skerry.schemas.topic;

import static dev.skerry.schemas.topic.TopicDraft.topic;

import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.AggregateKey;
import dev.skerry.schemas.AnswerEntry;
import dev.skerry.schemas.AnswerKey;
import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessKey;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.DriftKey;
import dev.skerry.schemas.DriftReport;
import dev.skerry.schemas.Label;
import dev.skerry.schemas.LedgerEntry;
import dev.skerry.schemas.LedgerKey;
import dev.skerry.schemas.ModelPartKey;
import dev.skerry.schemas.ModelRelease;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStatusKey;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.topic.Topic.Cleanup;
import dev.skerry.schemas.topic.Topic.Flow;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** The one catalogue of topics: what brokers, manifests and documentation are made from. */
public final class Topics {

  /** The largest telemetry record that is admitted, 4 MiB: a frame, encoded. */
  public static final int MAX_TELEMETRY_BYTES = 4 << 20;

  /** What admits the largest telemetry also admits it wrapped as candidate or dead letter. */
  public static final int MAX_WRAPPED_BYTES = MAX_TELEMETRY_BYTES + (256 << 10);

  private static final int MIB = 1 << 20;
  private static final String FEEDER_SELECT = "retrain-feeder (select)";
  private static final String FEEDER_DATASET = "retrain-feeder (dataset)";

  public static final Topic TELEMETRY =
      topic("telemetry", Telemetry.class)
          .keepDays(1)
          .maxMessageBytes(MAX_TELEMETRY_BYTES)
          .between("ingest, any Avro producer", "inference-processor");

  public static final Topic TELEMETRY_FRAMES =
      topic("telemetry-frames", Telemetry.class)
          .keepDays(1)
          .maxMessageBytes(MAX_TELEMETRY_BYTES)
          .between("ingest, any Avro producer", "inference-processor");

  public static final Topic DETECTIONS =
      topic("detections", Detection.class)
          .keepDays(3)
          .between("inference-processor", "local consumers, aggregator");

  public static final Topic SHADOW_SCORES =
      topic("shadow-scores", Detection.class)
          .keepDays(1)
          .between("inference-processor", "canary comparison");

  public static final Topic RETRAINING_CANDIDATES =
      topic("retraining-candidates", RetrainingSample.class)
          .keepDays(1)
          .between("inference-processor", FEEDER_SELECT);

  public static final Topic RETRAINING_SAMPLES =
      topic("retraining-samples", RetrainingSample.class)
          .flow(Flow.BULK)
          .between(FEEDER_SELECT, FEEDER_DATASET);

  public static final Topic AGGREGATES =
      topic("aggregates", Aggregate.class)
          .flow(Flow.URGENT)
          .key(AggregateKey.class)
          .maxMessageBytes(MIB)
          .between("aggregator", "dashboards, warehouse");

  public static final Topic FLEET_AGGREGATES =
      topic("fleet-aggregates", Aggregate.class)
          .inTheCloud()
          .key(AggregateKey.class)
          .maxMessageBytes(MIB)
          .between("aggregator (cloud)", "dashboards, warehouse");

  public static final Topic DRIFT =
      topic("drift", DriftReport.class)
          .flow(Flow.URGENT)
          .key(DriftKey.class)
          .onePartition()
          .maxMessageBytes(MIB)
          .between("aggregator", "retrain-feeder, people");

  public static final Topic LEDGER =
      topic("ledger", LedgerEntry.class)
          .flow(Flow.URGENT)
          .key(LedgerKey.class)
          .onePartition()
          .keepDays(14)
          .maxMessageBytes(MIB)
          .between("aggregator", "completeness check");

  public static final Topic ANSWER_LEDGER =
      topic("answer-ledger", AnswerEntry.class)
          .key(AnswerKey.class)
          .onePartition()
          .keepDays(14)
          .maxMessageBytes(MIB)
          .between("aggregator, inference-processor", "people, alerts, aggregator");

  public static final Topic COMPLETENESS =
      topic("completeness", Completeness.class)
          .inTheCloud()
          .key(CompletenessKey.class)
          .onePartition()
          .keepDays(14)
          .maxMessageBytes(MIB)
          .between("aggregator (cloud)", "people, alerts");

  public static final Topic MODEL_STATUS =
      topic("model-status", ModelStatus.class)
          .flow(Flow.URGENT)
          .key(ModelStatusKey.class)
          .onePartition()
          .keepLastOfEachKey()
          .maxMessageBytes(MIB)
          .between("inference-processor", "fleet view");

  public static final Topic CANARY_EVIDENCE =
      topic("canary-evidence", ModelStatus.class)
          .key("release and process")
          .onePartition()
          .keepLastOfEachKey()
          .maxMessageBytes(MIB)
          .between("inference-processor", "inference-processor (decider)");

  public static final Topic LABELS =
      topic("labels", Label.class)
          .inTheCloud()
          .key("sampleId")
          .keepLastOfEachKey()
          .maxMessageBytes(MIB)
          .between("people, labelling tools", FEEDER_DATASET);

  public static final Topic MODELS =
      topic("models", ModelRelease.class)
          .inTheCloud()
          .flow(Flow.URGENT)
          .key(ModelPartKey.class)
          .onePartition()
          .keepLastOfEachKey()
          .maxMessageBytes(MIB)
          .between("retrain-feeder, people", "inference-processor");

  public static final Topic TELEMETRY_OVERFLOW =
      topic("telemetry-overflow", Telemetry.class)
          .flow(Flow.BULK)
          .keepDays(1)
          .maxMessageBytes(MAX_TELEMETRY_BYTES)
          .between("inference-processor (overloaded)", "inference-processor (cloud)");

  public static final Topic OVERFLOW_DETECTIONS =
      topic("overflow-detections", Detection.class)
          .inTheCloud()
          .keepDays(3)
          .between("inference-processor (cloud)", "cloud readers");

  public static final Topic DEAD_LETTERS =
      topic("dead-letters", DeadLetter.class)
          .onEachSide()
          .key("original key")
          .keepDays(14)
          .between("every part", "people");

  private static final List<Topic> ALL =
      List.of(
          TELEMETRY,
          TELEMETRY_FRAMES,
          DETECTIONS,
          SHADOW_SCORES,
          RETRAINING_CANDIDATES,
          RETRAINING_SAMPLES,
          AGGREGATES,
          FLEET_AGGREGATES,
          DRIFT,
          LEDGER,
          ANSWER_LEDGER,
          COMPLETENESS,
          MODEL_STATUS,
          CANARY_EVIDENCE,
          LABELS,
          MODELS,
          TELEMETRY_OVERFLOW,
          OVERFLOW_DETECTIONS,
          DEAD_LETTERS);

  private Topics() {}

  /** All topics, in the order of the flow. */
  public static List<Topic> all() {
    return ALL;
  }

  /** The topics that exist on one side of the link. */
  public static List<Topic> at(Side side) {
    return ALL.stream().filter(topic -> topic.existsAt(side)).toList();
  }

  /** How the topics of one side are made there. */
  public static List<NewTopic> newTopics(Side side) {
    return at(side).stream().map(topic -> topic.newTopic(side)).toList();
  }

  /** The topics that cross the link from one side to the other. */
  public static List<Topic> mirroredFrom(Side home) {
    return ALL.stream().filter(topic -> topic.mirrored() && topic.home() == home).toList();
  }

  /**
   * The topics whose records the ledger counts on both sides of the link: those that a site mirrors
   * and that keep every record. It does not count itself.
   */
  public static List<Topic> ledgered() {
    return mirroredFrom(Side.EDGE).stream()
        .filter(topic -> topic.cleanup() == Cleanup.DELETE && !topic.equals(LEDGER))
        .toList();
  }

  /** The topic of that name; empty where the catalogue has none. */
  public static Optional<Topic> named(String name) {
    return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
  }
}
