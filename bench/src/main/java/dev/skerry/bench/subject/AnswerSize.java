package dev.skerry.bench.subject;

import dev.skerry.bench.workload.ExpectedScores;
import dev.skerry.bench.workload.TelemetryPool;
import dev.skerry.inference.model.OfflineScorer;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many bytes a detection has, so that the copy can write as many. */
public final class AnswerSize {

  private static final long SOME_OFFSET = 100_000;

  private AnswerSize() {}

  /** The mean over a pool, rounded. */
  public static int mean(
      TelemetryPool pool, ExpectedScores expected, Map<String, Path> modelByStream, String topic) {
    Map<String, ModelContract> contracts = new HashMap<>();
    modelByStream.forEach(
        (stream, file) -> {
          try (OfflineScorer scorer = new OfflineScorer(file)) {
            contracts.put(stream, scorer.contract());
          }
        });
    SkerryAvroDeserializer<Telemetry> decoder = new SkerryAvroDeserializer<>(Telemetry.class);
    AvroEncoder<Detection> encoder = new AvroEncoder<>(Detection.class);
    SourceRef source =
        new SourceRef(topic, 1, SOME_OFFSET, Instant.ofEpochMilli(1_800_000_000_000L));
    long bytes = 0;
    for (int i = 0; i < TelemetryPool.SIZE; i++) {
      Telemetry telemetry = decoder.deserialize(topic, pool.value(i));
      ModelContract contract = contracts.get(telemetry.getStream());
      if (contract == null) {
        throw new IllegalArgumentException("No model answers " + telemetry.getStream());
      }
      Detection detection =
          SingleScoring.detection(telemetry, source, contract, floats(expected.scores(i)));
      bytes += encoder.encode(detection).length;
    }
    return Math.toIntExact(Math.round((double) bytes / TelemetryPool.SIZE));
  }

  private static float[] floats(List<Float> boxed) {
    float[] values = new float[boxed.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = boxed.get(i);
    }
    return values;
  }
}
