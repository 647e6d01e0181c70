package dev.skerry.inference.answer;

import dev.skerry.inference.batch.Outcome;
import dev.skerry.inference.batch.Row;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Detections of one model as Avro binary, byte for byte what the generated class encodes to. All
 * that is the same in each of them is encoded once. Not thread-safe: one per worker and model.
 */
final class DetectionEncoder {

  private static final int CHAMPION =
      ModelRole.getClassSchema().getEnumOrdinal(ModelRole.CHAMPION.name());
  private static final byte[] ANOMALY_SCORE = text("score");

  private final ModelContract contract;
  private final byte[] model;
  private final List<byte[]> labels;
  private final Map<String, byte[]> topics = new HashMap<>();

  DetectionEncoder(ModelContract contract) {
    this.contract = contract;
    this.model =
        new AvroBuffer()
            .beginPiece()
            .writeString(contract.name())
            .writeString(contract.version())
            .writeLong(CHAMPION)
            .toBytes();
    this.labels = contract.labels().stream().map(DetectionEncoder::text).toList();
  }

  /** Appends one detection, without the header of the wire format. */
  void encode(
      AvroBuffer out, Row row, Outcome.Placed place, Verdict verdict, long inferredAtMillis) {
    out.writeRaw(row.view().bytes(), row.view().headOffset(), row.view().headLength());
    encodeSource(out, row.source());
    out.writeLong(inferredAtMillis);
    out.writeRaw(model);
    out.writeRaw(labels.get(verdict.label()));
    out.writeFloat(verdict.confidence());
    out.writeFloat(verdict.uncertainty());
    out.writeBoolean(verdict.lowConfidence());
    encodeScores(out, place);
    out.writeLong(0); // No boxes: an empty array.
  }

  private void encodeSource(AvroBuffer out, ConsumerRecord<byte[], byte[]> source) {
    out.writeRaw(topics.computeIfAbsent(source.topic(), DetectionEncoder::text));
    out.writeLong(source.partition());
    out.writeLong(source.offset());
    out.writeLong(source.timestamp());
  }

  private void encodeScores(AvroBuffer out, Outcome.Placed place) {
    out.writeLong(contract.scoreCount());
    for (int i = 0; i < contract.scoreCount(); i++) {
      out.writeRaw(scoreName(i));
      out.writeFloat(place.score(i));
    }
    out.writeLong(0); // The map's end.
  }

  private byte[] scoreName(int index) {
    return contract.task() == Task.ANOMALY ? ANOMALY_SCORE : labels.get(index);
  }

  private static byte[] text(String text) {
    return new AvroBuffer().beginPiece().writeString(text).toBytes();
  }
}
