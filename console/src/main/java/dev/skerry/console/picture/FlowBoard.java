package dev.skerry.console.picture;

import dev.skerry.console.read.Figures;
import dev.skerry.console.read.Offsets;
import dev.skerry.console.read.PartSight;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Rates and lags between the parts, from their own figures. Not thread-safe. */
final class FlowBoard {

  /** The names of the parts that are looked for among those of the configuration. */
  static final String INFERENCE = "inference-processor";

  static final String AGGREGATOR = "aggregator";
  static final String SELECT = "retrain-feeder";
  static final String MIRROR = "mirror";

  private static final String STREAMS_LAG = "skerry_streams_lag_records";

  private static final String SAMPLES = "skerry_select_samples_total";

  private final Map<String, Rate> rates = new HashMap<>();
  private double lastBatches;
  private double lastBatched;
  private Optional<Double> lastBatch = Optional.empty();

  /**
   * Looks once.
   *
   * @param broker whether the site's broker answers
   * @param cloud whether the cloud's does, where it is asked
   */
  Flow look(
      long nowMillis,
      Map<String, PartSight> parts,
      Optional<Offsets> offsets,
      boolean broker,
      Optional<Boolean> cloud,
      double detectionsPerSecond,
      double lettersPerSecond,
      LinkBoard.Link link) {
    Map<String, Flow.Node> nodes = new LinkedHashMap<>();
    parts.forEach((name, sight) -> nodes.put(name, node(sight)));
    nodes.put("broker", answers(broker));
    cloud.ifPresent(answering -> nodes.put("cloud", answers(answering)));

    Offsets now = offsets.orElse(Offsets.NONE);
    boolean asked = offsets.isPresent();
    Figures select = figures(parts, SELECT);
    double samples = select.sum(SAMPLES);
    double candidates = samples + select.sum("skerry_select_refused_total");
    Figures aggregator = figures(parts, AGGREGATOR);
    double telemetry = (double) now.telemetry() + now.frames();
    Map<String, Flow.Arrow> arrows = new LinkedHashMap<>();
    arrows.put("readings", arrow("readings", nowMillis, asked, (double) now.telemetry(), 0));
    arrows.put("frames", arrow("frames", nowMillis, asked, (double) now.frames(), 0));
    arrows.put("telemetry", arrow("telemetry", nowMillis, asked, telemetry, now.unanswered()));
    arrows.put(
        "detections", new Flow.Arrow(detectionsPerSecond, (long) aggregator.sum(STREAMS_LAG)));
    arrows.put("letters", new Flow.Arrow(lettersPerSecond, 0));
    arrows.put(
        "candidates",
        arrow(
            "candidates",
            nowMillis,
            select.has(SAMPLES),
            candidates,
            (long) select.sum(STREAMS_LAG)));
    arrows.put("samples", counted(nowMillis, select, SAMPLES));
    arrows.put(
        "aggregates", counted(nowMillis, aggregator, "skerry_aggregator_windows_closed_total"));
    arrows.put("link", new Flow.Arrow(link.recordsPerSecond(), link.records()));
    arrows.put(
        "rows", counted(nowMillis, figures(parts, Picture.WAREHOUSE), "skerry_warehouse_rows"));
    arrows.put(
        "training",
        counted(nowMillis, figures(parts, Picture.LOOP), "skerry_dataset_samples_total"));
    return new Flow(nodes, arrows);
  }

  /** Records that a model scored together, when last some were; empty where nobody says. */
  Optional<Double> batch(Map<String, PartSight> parts) {
    Figures inference = figures(parts, INFERENCE);
    double batches = inference.sum("skerry_inference_batch_size_count");
    double batched = inference.sum("skerry_inference_batch_size_sum");
    double runs = batches - lastBatches;
    double records = batched - lastBatched;
    lastBatches = batches;
    lastBatched = batched;
    if (runs > 0 && records > 0) {
      lastBatch = Optional.of(records / runs);
    } else if (!figures(parts, INFERENCE).has("skerry_inference_batch_size_count")) {
      lastBatch = Optional.empty();
    }
    return lastBatch;
  }

  /** What one part counts. */
  private Flow.Arrow counted(long nowMillis, Figures figures, String counter) {
    return arrow(counter, nowMillis, figures.has(counter), figures.sum(counter), 0);
  }

  /** Nothing while nobody says, so that what is seen for the first time is not taken for growth. */
  private Flow.Arrow arrow(
      String name, long nowMillis, boolean isSaid, double counter, long waiting) {
    if (!isSaid) {
      return new Flow.Arrow(0, waiting);
    }
    Rate rate = rates.computeIfAbsent(name, made -> new Rate());
    rate.observe(nowMillis, counter);
    return new Flow.Arrow(rate.perSecond(), waiting);
  }

  private static Flow.Node node(PartSight sight) {
    return new Flow.Node(sight.health().name().toLowerCase(Locale.ROOT), sight.detail());
  }

  private static Flow.Node answers(boolean answering) {
    return answering
        ? new Flow.Node("up", "its broker answers")
        : new Flow.Node("down", "its broker does not answer");
  }

  static Figures figures(Map<String, PartSight> parts, String name) {
    PartSight sight = parts.get(name);
    return sight == null ? Figures.NONE : sight.figures();
  }
}
