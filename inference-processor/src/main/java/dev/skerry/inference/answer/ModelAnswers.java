package dev.skerry.inference.answer;

import dev.skerry.inference.batch.Outcome;
import dev.skerry.inference.batch.Row;
import dev.skerry.inference.decode.TelemetryView;
import dev.skerry.inference.task.Doubts;
import dev.skerry.inference.task.Interpretation;
import dev.skerry.inference.task.Verdict;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.model.ModelContract;
import java.util.List;
import java.util.stream.Stream;

/** What one model's answers mean and how they are written. Not thread-safe: one per worker. */
final class ModelAnswers {

  private final Interpretation interpretation;
  private final Doubts doubts;
  private final DetectionEncoder encoder;
  private final Verdict verdict;
  private final List<String> labels;

  ModelAnswers(ModelContract contract, ModelRole role) {
    this.interpretation = Interpretation.of(contract);
    this.doubts = new Doubts(contract);
    this.encoder = new DetectionEncoder(contract, role);
    this.verdict = new Verdict(contract);
    // After the labels of the contract stands what is said of a frame without objects.
    this.labels =
        Stream.concat(contract.labels().stream(), Stream.of(ModelContract.NOTHING)).toList();
  }

  /** Reads what the model gave for a row; the verdict is valid until the next row is read. */
  Verdict judge(Row row, Outcome.Placed place) {
    TelemetryView view = row.view();
    interpretation.read(place, verdict);
    doubts.add(verdict, place.isOutOfRange(), view.bytes(), view.headOffset(), view.headLength());
    return verdict;
  }

  /** What the row that was judged last is. */
  String label() {
    return labels.get(verdict.label());
  }

  /** Appends the detection of the row that was judged last. */
  void encode(AvroBuffer out, Row row, long inferredAtMillis) {
    encoder.encode(out, row, verdict, inferredAtMillis);
  }
}
