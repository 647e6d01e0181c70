package dev.skerry.inference.batch;

import dev.skerry.inference.decode.Reading;
import dev.skerry.inference.decode.TelemetryDecoder;
import dev.skerry.inference.decode.TelemetryView;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.serde.WriterSchemas;
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
  private final ModelBatch[] batches;
  private final UnservedStreams unserved;
  private final Diversion diversion;
  private final Row[] rows;
  private int size;

  /**
   * A slice for these models.
   *
   * @param maxRowsInclusive the most records that are scored together, 1 and up
   * @param frames what holds for models that take frames
   * @param unserved what becomes of records of other streams
   * @param diversion which records are not scored here
   * @param schemas what records may have been written with
   */
  public Slice(
      List<ServedModel> models,
      int maxRowsInclusive,
      FrameRules frames,
      UnservedStreams unserved,
      Diversion diversion,
      WriterSchemas schemas) {
    this.decoder = new TelemetryDecoder(schemas);
    this.unserved = unserved;
    this.diversion = diversion;
    this.batches =
        models.stream()
            .map(model -> new ModelBatch(model, maxRowsInclusive, frames))
            .toArray(ModelBatch[]::new);
    this.rows = new Row[maxRowsInclusive];
    Arrays.setAll(rows, i -> new Row());
  }

  /**
   * With {@link FrameRules#DEFAULT}, dead letters for streams without a model, and the schemas of
   * the catalogue.
   */
  public Slice(List<ServedModel> models, int maxRowsInclusive) {
    this(
        models,
        maxRowsInclusive,
        FrameRules.DEFAULT,
        new UnservedStreams(UnservedStreams.Rule.DEAD_LETTER),
        Diversion.NONE,
        WriterSchemas.catalogue());
  }

  /** Whether it has to be scored and cleared before the next record is added. */
  public boolean isFull() {
    for (ModelBatch batch : batches) {
      if (batch.isFull()) {
        return true;
      }
    }
    return size == rows.length;
  }

  /**
   * Decodes one record. One that cannot be read yet is not taken in, and what stands in its way is
   * returned.
   */
  public Optional<Reading.NotYetReadable> add(ConsumerRecord<byte[], byte[]> source) {
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
    for (ModelBatch batch : batches) {
      if (batch.serves(view)) {
        return diversion.takes(row.source(), view) ? DIVERTED : batch.add(row);
      }
    }
    return unserved.outcome(view);
  }

  /** Scores what was added; throws {@link BrokenModelException} when a model cannot. */
  public void score() {
    for (ModelBatch batch : batches) {
      if (batch.size() > 0) {
        batch.score();
      }
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

  /** The batches of this slice, one for each model; some may be empty. */
  public List<ModelBatch> batches() {
    return List.of(batches);
  }

  /** Makes room for the next records. */
  public void clear() {
    size = 0;
    for (ModelBatch batch : batches) {
      batch.clear();
    }
  }
}
