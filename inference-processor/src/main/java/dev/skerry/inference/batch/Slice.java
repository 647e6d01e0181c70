package dev.skerry.inference.batch;

import dev.skerry.inference.canary.CanaryTally;
import dev.skerry.inference.decode.Reading;
import dev.skerry.inference.decode.TelemetryDecoder;
import dev.skerry.inference.decode.TelemetryView;
import dev.skerry.inference.lineup.Lineup;
import dev.skerry.inference.lineup.StreamModels;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.serde.WriterSchemas;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records of a poll that are scored together, in the order in which they were polled: each is
 * decoded into the batch of its stream's model, or rejected. Not thread-safe: one per worker.
 */
public final class Slice {

  private static final Outcome DIVERTED = new Outcome.Diverted();

  private final TelemetryDecoder decoder;
  private final int maxRowsInclusive;
  private final FrameRules frames;
  private final RowMemory memory = new RowMemory();
  private StreamBatches[] streams = new StreamBatches[0];
  private List<ModelBatch> batches = List.of();
  private final UnservedStreams unserved;
  private final Diversion diversion;
  private final Row[] rows;
  private int size;

  /**
   * A slice for the models of a lineup.
   *
   * @param maxRowsInclusive the most records that are scored together, 1 and up
   * @param frames what holds for models that take frames
   * @param unserved what becomes of records of other streams
   * @param diversion which records are not scored here
   * @param schemas what records may have been written with
   */
  public Slice(
      Lineup lineup,
      int maxRowsInclusive,
      FrameRules frames,
      UnservedStreams unserved,
      Diversion diversion,
      WriterSchemas schemas) {
    this.decoder = new TelemetryDecoder(schemas);
    this.unserved = unserved;
    this.diversion = diversion;
    this.maxRowsInclusive = maxRowsInclusive;
    this.frames = frames;
    this.rows = new Row[maxRowsInclusive];
    Arrays.setAll(rows, i -> new Row());
    serve(lineup);
  }

  /**
   * With {@link FrameRules#DEFAULT}, dead letters for streams without a model, and the schemas of
   * the catalogue.
   */
  public Slice(List<ServedModel> models, int maxRowsInclusive) {
    this(
        Lineup.of(models),
        maxRowsInclusive,
        FrameRules.DEFAULT,
        new UnservedStreams(UnservedStreams.Rule.DEAD_LETTER),
        Diversion.NONE,
        WriterSchemas.catalogue());
  }

  /** Goes over to another lineup; only while it is empty, and nothing of it is in use any more. */
  public void serve(Lineup lineup) {
    if (size > 0) {
      throw new IllegalStateException("The slice still holds " + size + " records");
    }
    List<ModelBatch> kept = new ArrayList<>();
    for (ModelBatch batch : batches) {
      if (isKept(batch, lineup)) {
        kept.add(batch);
      } else {
        batch.giveUp(memory);
      }
    }
    streams =
        lineup.streams().stream()
            .map(models -> batchesOf(models, kept))
            .toArray(StreamBatches[]::new);
    batches = Arrays.stream(streams).flatMap(stream -> stream.batches().stream()).toList();
  }

  private static boolean isKept(ModelBatch batch, Lineup lineup) {
    return lineup.streams().stream()
        .anyMatch(
            models ->
                batch.role() == ModelRole.CHAMPION
                    ? models.champion() == batch.model()
                    : models.canary() != null && models.canary().model() == batch.model());
  }

  private StreamBatches batchesOf(StreamModels models, List<ModelBatch> kept) {
    StreamModels.Canary canary = models.canary();
    ModelBatch champion = batch(models.champion(), ModelRole.CHAMPION, kept);
    return canary == null
        ? new StreamBatches(champion, null, null)
        : new StreamBatches(champion, canary, batch(canary.model(), ModelRole.CANARY, kept));
  }

  private ModelBatch batch(ServedModel model, ModelRole role, List<ModelBatch> kept) {
    return kept.stream()
        .filter(batch -> batch.model() == model && batch.role() == role)
        .findFirst()
        .orElseGet(() -> new ModelBatch(model, role, maxRowsInclusive, frames, memory));
  }

  /** Whether it has to be scored and cleared before the next record is added. */
  public boolean isFull() {
    for (StreamBatches stream : streams) {
      if (stream.isFull()) {
        return true;
      }
    }
    return size == rows.length;
  }

  /**
   * Decodes one record. One that cannot be read yet is not taken in, and what stands in its way is
   * returned.
   */
  public Optional<Reading.NotYetReadable> add(ConsumerRecord<byte[], ByteBuffer> source) {
    Row row = rows[size];
    Reading reading = decoder.decode(source.value(), row.view());
    if (reading instanceof Reading.NotYetReadable waiting) {
      return Optional.of(waiting);
    }
    row.begin(source);
    row.end(place(row, reading));
    size++;
    return Optional.empty();
  }

  private Outcome place(Row row, Reading reading) {
    if (reading instanceof Reading.Unreadable unreadable) {
      return new Outcome.Rejected(unreadable.reason(), unreadable.detail());
    }
    TelemetryView view = row.view();
    for (StreamBatches stream : streams) {
      if (stream.serves(view)) {
        return diversion.takes(row.source(), view) ? DIVERTED : stream.add(row);
      }
    }
    return unserved.outcome(view);
  }

  /** Scores what was added; throws {@link BrokenChampionException} when a model cannot. */
  public void score() {
    for (StreamBatches stream : streams) {
      stream.score();
    }
  }

  /** How many records were added. */
  public int size() {
    return size;
  }

  /** One of them, 0 and up. */
  public Row row(int index) {
    return rows[index];
  }

  /** What was added, in that order. */
  public List<Row> rows() {
    return Arrays.asList(rows).subList(0, size);
  }

  /** The batches of this slice, one for each model and role; some may be empty. */
  public List<ModelBatch> batches() {
    return batches;
  }

  /** Forgets what was seen of canaries in a round that did not come to its end. */
  public void forgetTrials() {
    for (StreamBatches stream : streams) {
      CanaryTally tally = stream.tally();
      if (tally != null) {
        tally.clear();
      }
    }
  }

  /** A round was committed: what was seen of canaries in it counts. */
  public void settleTrials() {
    for (StreamBatches stream : streams) {
      CanaryTally tally = stream.tally();
      if (tally != null) {
        tally.settle();
      }
    }
  }

  /** Makes room for the next records. */
  public void clear() {
    size = 0;
    for (StreamBatches stream : streams) {
      stream.clear();
    }
  }
}
