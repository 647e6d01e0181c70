package dev.skerry.retrain.dataset;

import dev.skerry.retrain.dataset.parquet.Column;
import dev.skerry.retrain.dataset.parquet.ParquetReader;
import dev.skerry.retrain.dataset.parquet.ParquetWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** One Parquet file of a dataset. */
public final class DatasetFile {

  private static final List<Column<DatasetRow>> COLUMNS =
      List.of(
          Column.text("sample_id", DatasetRow::sampleId),
          Column.text("site_id", DatasetRow::siteId),
          Column.text("device_id", DatasetRow::deviceId),
          Column.text("stream", DatasetRow::stream),
          Column.text("label", DatasetRow::label),
          Column.float64("label_value", DatasetRow::labelValue),
          Column.text("boxes", DatasetRow::boxes),
          Column.text("labelled_by", DatasetRow::labelledBy),
          Column.time("labelled_at", DatasetRow::labelledAtMillis),
          Column.time("event_time", DatasetRow::eventTimeMillis),
          Column.time("appended_at", DatasetRow::appendedAtMillis),
          Column.int64("boot_epoch", DatasetRow::bootEpoch),
          Column.int64("sequence", DatasetRow::sequence),
          Column.text("reasons", DatasetRow::reasons),
          Column.float32("uncertainty", DatasetRow::uncertainty),
          Column.text("model", DatasetRow::model),
          Column.text("model_version", DatasetRow::modelVersion),
          Column.text("answer", DatasetRow::answer),
          Column.float32("confidence", DatasetRow::confidence),
          Column.int32("channels", DatasetRow::channels),
          Column.int32("steps", DatasetRow::steps),
          Column.float32("sample_rate_hz", DatasetRow::sampleRateHz),
          Column.floats("values", DatasetRow::values),
          Column.text("encoding", DatasetRow::encoding),
          Column.int32("width", DatasetRow::width),
          Column.int32("height", DatasetRow::height),
          Column.bytes("image", DatasetRow::image));

  private DatasetFile() {}

  /** Names of the columns, in their order. */
  public static List<String> columns() {
    return COLUMNS.stream().map(Column::name).toList();
  }

  static ParquetWriter<DatasetRow> create(Path file) throws IOException {
    return ParquetWriter.create(file, COLUMNS);
  }

  /** Reads all rows in the file's order. */
  static void read(Path file, Consumer<DatasetRow> rows) throws IOException {
    try (ParquetReader reader = ParquetReader.open(file)) {
      while (reader.hasNextGroup()) {
        read(reader.nextGroup(), rows);
      }
    }
  }

  private static void read(ParquetReader.Group group, Consumer<DatasetRow> rows)
      throws IOException {
    String[] sampleIds = group.texts("sample_id");
    String[] sites = group.texts("site_id");
    String[] devices = group.texts("device_id");
    String[] streams = group.texts("stream");
    String[] labels = group.texts("label");
    double[] labelValues = group.doubles("label_value");
    String[] boxes = group.texts("boxes");
    String[] labelledBy = group.texts("labelled_by");
    long[] labelledAt = group.longs("labelled_at");
    long[] eventTimes = group.longs("event_time");
    long[] appendedAt = group.longs("appended_at");
    long[] bootEpochs = group.longs("boot_epoch");
    long[] sequences = group.longs("sequence");
    String[] reasons = group.texts("reasons");
    float[] uncertainties = group.floats("uncertainty");
    String[] models = group.texts("model");
    String[] versions = group.texts("model_version");
    String[] answers = group.texts("answer");
    float[] confidences = group.floats("confidence");
    int[] channels = group.ints("channels");
    int[] steps = group.ints("steps");
    float[] rates = group.floats("sample_rate_hz");
    float[][] values = group.floatLists("values");
    String[] encodings = group.texts("encoding");
    int[] widths = group.ints("width");
    int[] heights = group.ints("height");
    byte[][] images = group.bytes("image");
    for (int row = 0; row < group.rows(); row++) {
      rows.accept(
          new DatasetRow(
              sampleIds[row],
              sites[row],
              devices[row],
              streams[row],
              labels[row],
              labelValues[row],
              boxes[row],
              labelledBy[row],
              labelledAt[row],
              eventTimes[row],
              appendedAt[row],
              bootEpochs[row],
              sequences[row],
              reasons[row],
              uncertainties[row],
              models[row],
              versions[row],
              answers[row],
              confidences[row],
              channels[row],
              steps[row],
              rates[row],
              values[row],
              encodings[row],
              widths[row],
              heights[row],
              images[row]));
    }
  }
}
