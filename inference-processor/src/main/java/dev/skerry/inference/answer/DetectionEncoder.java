package dev.skerry.inference.answer;

import dev.skerry.inference.batch.Row;
import dev.skerry.inference.task.FoundBoxes;
import dev.skerry.inference.task.Verdict;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Detections of one model as Avro binary, byte for byte what the generated class encodes to. All
 * that is the same in each of them is encoded once. Not thread-safe: one per worker and model.
 */
final class DetectionEncoder {

  private static final byte[] ANOMALY_SCORE = text("score");

  private final byte[] model;
  private final List<byte[]> labels;
  private final List<byte[]> scoreNames;
  private final boolean sparse;
  private final int[] scoreAt;
  private final byte[] scores;
  private final Map<String, byte[]> topics = new HashMap<>();
  private String lastTopic = "";
  private byte[] lastTopicText = text("");

  DetectionEncoder(ModelContract contract, ModelRole role) {
    this.model =
        new AvroBuffer()
            .beginPiece()
            .writeString(contract.name())
            .writeString(contract.version())
            .writeLong(ModelRole.getClassSchema().getEnumOrdinal(role.name()))
            .toBytes();
    // After the labels of the contract stands what is said of a frame without objects.
    this.labels =
        Stream.concat(contract.labels().stream(), Stream.of(ModelContract.NOTHING))
            .map(DetectionEncoder::text)
            .toList();
    this.scoreNames = scoreNames(contract, labels);
    this.sparse = contract.task() == Task.DETECT;
    this.scoreAt = new int[scoreNames.size()];
    this.scores = scoresOfZero();
  }

  /** The map of scores as it always is but for the scores, whose places it notes. */
  private byte[] scoresOfZero() {
    AvroBuffer out = new AvroBuffer().beginPiece().writeLong(scoreNames.size());
    for (int i = 0; i < scoreAt.length; i++) {
      out.writeRaw(scoreNames.get(i));
      scoreAt[i] = out.size();
      out.writeFloat(0);
    }
    return out.writeLong(0).toBytes();
  }

  /** Appends one detection, without the header of the wire format. */
  void encode(AvroBuffer out, Row row, Verdict verdict, long inferredAtMillis) {
    out.writeRaw(row.view().bytes(), row.view().headOffset(), row.view().headLength());
    encodeSource(out, row.source());
    out.writeLong(inferredAtMillis);
    out.writeRaw(model);
    out.writeRaw(labels.get(verdict.label()));
    out.writeFloat(verdict.confidence());
    out.writeFloat(verdict.uncertainty());
    out.writeBoolean(verdict.isDoubted(SampleReason.LOW_CONFIDENCE));
    encodeScores(out, verdict);
    encodeBoxes(out, verdict.boxes());
  }

  private void encodeSource(AvroBuffer out, ConsumerRecord<?, ?> source) {
    out.writeRaw(topic(source.topic()));
    out.writeLong(source.partition());
    out.writeLong(source.offset());
    out.writeLong(source.timestamp());
  }

  /** The records of a poll share the very object that is their topic's name. */
  @SuppressWarnings("ReferenceEquality")
  private byte[] topic(String name) {
    if (name != lastTopic) {
      lastTopic = name;
      lastTopicText = topics.computeIfAbsent(name, DetectionEncoder::text);
    }
    return lastTopicText;
  }

  private void encodeScores(AvroBuffer out, Verdict verdict) {
    if (sparse) {
      encodeScoresFound(out, verdict);
      return;
    }
    int start = out.size();
    out.writeRaw(scores);
    for (int i = 0; i < scoreAt.length; i++) {
      out.overwriteFloat(start + scoreAt[i], verdict.score(i));
    }
  }

  /** Of classes of objects only those that were found have a score. */
  private void encodeScoresFound(AvroBuffer out, Verdict verdict) {
    int count = found(verdict);
    if (count > 0) {
      out.writeLong(count);
      for (int i = 0; i < scoreNames.size(); i++) {
        if (verdict.score(i) > 0) {
          out.writeRaw(scoreNames.get(i));
          out.writeFloat(verdict.score(i));
        }
      }
    }
    out.writeLong(0); // The map's end.
  }

  private static int found(Verdict verdict) {
    int found = 0;
    for (int i = 0; i < verdict.scoreCount(); i++) {
      found += verdict.score(i) > 0 ? 1 : 0;
    }
    return found;
  }

  private void encodeBoxes(AvroBuffer out, FoundBoxes boxes) {
    if (boxes.size() > 0) {
      out.writeLong(boxes.size());
      for (int i = 0; i < boxes.size(); i++) {
        out.writeRaw(labels.get(boxes.label(i)));
        out.writeFloat(boxes.confidence(i));
        out.writeFloat(boxes.x(i));
        out.writeFloat(boxes.y(i));
        out.writeFloat(boxes.width(i));
        out.writeFloat(boxes.height(i));
      }
    }
    out.writeLong(0); // The array's end.
  }

  private static List<byte[]> scoreNames(ModelContract contract, List<byte[]> labels) {
    return switch (contract.task()) {
      case CLASSIFY, DETECT -> labels.subList(0, contract.scoreCount());
      case ANOMALY -> List.of(ANOMALY_SCORE);
      case REGRESS ->
          contract.quantities().stream().map(quantity -> text(quantity.name())).toList();
    };
  }

  private static byte[] text(String text) {
    return new AvroBuffer().beginPiece().writeString(text).toBytes();
  }
}
