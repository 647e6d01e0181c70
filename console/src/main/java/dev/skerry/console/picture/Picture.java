package dev.skerry.console.picture;

import dev.skerry.console.read.Figures;
import dev.skerry.console.read.Offsets;
import dev.skerry.console.read.PartSight;
import dev.skerry.console.read.Seen;
import dev.skerry.console.read.SiteControl;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All that the page shows, from all that is read. Not thread-safe, but for {@link #history}. */
public final class Picture {

  /** The part that makes datasets and models of samples. */
  public static final String LOOP = "retrain";

  static final String WAREHOUSE = "warehouse";

  private final String siteId;
  private final DetectionBoard detections;
  private final LetterBoard letters;
  private final ModelBoard models;
  private final AnswerBoard answers;
  private final LedgerBoard ledger;
  private final LinkBoard link = new LinkBoard();
  private final FlowBoard flow = new FlowBoard();
  private final Restarts restarts = new Restarts();
  private final Growth telemetry = new Growth();
  private final History history = new History();
  private final Map<String, Consumer<Seen>> boards = new HashMap<>();

  /** A picture of nothing yet. */
  public Picture(String siteId, WriterSchemas schemas) {
    this.siteId = siteId;
    this.detections = new DetectionBoard(schemas);
    this.letters = new LetterBoard(schemas);
    this.models = new ModelBoard(schemas);
    this.answers = new AnswerBoard(schemas);
    this.ledger = new LedgerBoard(siteId, schemas);
    boards.put(Topics.DETECTIONS.name(), detections::take);
    boards.put(Topics.DEAD_LETTERS.name(), letters::take);
    boards.put(Topics.MODEL_STATUS.name(), models::take);
    boards.put(Topics.ANSWER_LEDGER.name(), answers::take);
    boards.put(Topics.COMPLETENESS.name(), ledger::take);
  }

  /** Takes a record of any of the topics that it shows. */
  public void take(Seen seen) {
    Consumer<Seen> board = boards.get(seen.record().topic());
    if (board != null && seen.record().value() != null) {
      board.accept(seen);
    }
  }

  /** The last ten minutes; for any thread. */
  public History history() {
    return history;
  }

  /** Rises with each dead letter. */
  public long lettersVersion() {
    return letters.version();
  }

  /** The newest dead letters, the newest first. */
  public List<LetterLine> letters() {
    return letters.newest();
  }

  /**
   * What was asked besides the records.
   *
   * @param edge whether the site's topics can be read
   * @param cloud whether the cloud's can; empty where no cloud is asked
   */
  public record Asked(
      Map<String, PartSight> parts,
      Optional<Offsets> offsets,
      Reach edge,
      Optional<Reach> cloud,
      SiteControl.State control) {}

  /**
   * Whether a broker's topics can be read.
   *
   * @param problem why not; empty where they can
   */
  public record Reach(Optional<String> problem) {}

  /** Looks at everything once; about once a second. */
  public Page look(long nowMillis, Asked asked) {
    Offsets offsets = asked.offsets().orElse(Offsets.NONE);
    asked.offsets().ifPresent(seen -> telemetry.observe((double) seen.telemetry() + seen.frames()));
    LinkBoard.Link linkNow =
        link.look(
            nowMillis,
            Optional.ofNullable(asked.parts().get(FlowBoard.MIRROR)).map(PartSight::figures),
            Optional.ofNullable(asked.control().link()),
            offsets.telemetryBytes());
    double out = detections.perSecond(nowMillis);
    restarts.look(nowMillis, asked.control().parts());
    Flow flowNow =
        flow.look(
            nowMillis,
            restarts.judge(asked.parts()),
            asked.offsets(),
            asked.edge().problem().isEmpty(),
            asked.cloud().map(reach -> reach.problem().isEmpty()),
            out,
            letters.perSecond(nowMillis),
            linkNow);
    Moment moment = moment(nowMillis, asked, offsets, linkNow, flowNow, out);
    history.add(moment);
    return new Page(
        nowMillis,
        siteId,
        problems(asked),
        new Page.Totals(
            (long) telemetry.sum(),
            detections.count(),
            detections.lowConfidence(),
            letters.count()),
        moment,
        flowNow,
        detections.newest(),
        detections.newestByKind(),
        detections.roles(nowMillis),
        linkNow,
        answers.answers(),
        ledger.rows(),
        models.models(),
        models.steps(),
        Retraining.of(Optional.ofNullable(asked.parts().get(FlowBoard.SELECT))),
        Optional.ofNullable(asked.parts().get(LOOP)).flatMap(PartSight::loop).orElse(null),
        Drift.of(FlowBoard.figures(asked.parts(), FlowBoard.AGGREGATOR)),
        Warehouse.of(Optional.ofNullable(asked.parts().get(WAREHOUSE))),
        asked.control(),
        restarts.recent(),
        memory(asked.parts()));
  }

  private Moment moment(
      long nowMillis,
      Asked asked,
      Offsets offsets,
      LinkBoard.Link linkNow,
      Flow flowNow,
      double out) {
    @Nullable Long[] latencies = detections.takeLatencies();
    Flow.Arrow in = flowNow.arrows().getOrDefault("telemetry", new Flow.Arrow(0, 0));
    return new Moment(
        nowMillis,
        in.perSecond(),
        out,
        latencies[0],
        latencies[1],
        latencies[2],
        flow.batch(asked.parts()).orElse(null),
        offsets.unanswered(),
        linkNow.records());
  }

  private static List<String> problems(Asked asked) {
    return java.util.stream.Stream.of(
            asked.edge().problem().map(why -> "The site cannot be read: " + why + "."),
            asked
                .cloud()
                .flatMap(Reach::problem)
                .map(why -> "The cloud's ledger cannot be read: " + why + "."))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Bytes of each part's heap and other memory of its Java, by name. */
  private static Map<String, Long> memory(Map<String, PartSight> parts) {
    Map<String, Long> memory = new TreeMap<>();
    parts.forEach(
        (name, sight) -> {
          Figures figures = sight.figures();
          if (figures.has("jvm_memory_used_bytes")) {
            memory.put(name, (long) figures.sum("jvm_memory_used_bytes"));
          }
        });
    return memory;
  }
}
