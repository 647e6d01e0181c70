package dev.skerry.bench.workload;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.ingest.simulate.Population;
import dev.skerry.ingest.simulate.camera.CameraFleet;
import dev.skerry.ingest.simulate.camera.ImageFormat;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.ModelContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Simulated cameras over parts with surface defects, answered by the model of {@code
 * models/surface}. Frames are JPEG and have the size that the model takes.
 *
 * @param percent its share of the traffic, 1 to 100
 */
public record CameraStream(int percent) implements ScoredStream {

  /** Where the project's models are; the scripts set it. */
  private static final Path MODELS = Path.of(System.getProperty("bench.models", "../models"));

  private static final int CAMERAS = 50;
  private static final double DEFECT_SHARE = 0.5;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String stream() {
    return CameraFleet.STREAM;
  }

  @Override
  public List<String> labelNames() {
    return List.of("ok", "scratch", "dent", "stain", "crack");
  }

  /** The shipped model, but that no answer of it is a doubt. */
  @Override
  public Path write(long seed, Path directory) {
    Path shipped = MODELS.resolve("surface").resolve("surface-defects.onnx");
    try {
      ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(shipped)).toBuilder();
      for (StringStringEntryProto.Builder entry : model.getMetadataPropsBuilderList()) {
        if (entry.getKey().equals(ModelContract.METADATA_KEY)) {
          entry.setValue(withoutDoubts(entry.getValue()));
        }
      }
      return Files.write(directory.resolve(stream() + ".onnx"), model.build().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("The model " + shipped + " cannot be copied", e);
    }
  }

  private String withoutDoubts(String contract) throws JsonProcessingException {
    ObjectNode json = (ObjectNode) JSON.readTree(contract);
    json.put("name", "bench-" + stream()).putObject("thresholds").put("lowConfidence", 0);
    return JSON.writeValueAsString(json);
  }

  @Override
  public Supplier<Object> payloads(Random random) {
    Iterator<Telemetry> frames =
        new CameraFleet(
                random.nextLong(),
                Population.SITE,
                CAMERAS,
                DEFECT_SHARE,
                CameraFleet.EDGE_PIXELS,
                ImageFormat.DEFAULT,
                "site-1",
                Instant.EPOCH,
                Duration.ofSeconds(1),
                CameraFleet.UNBOUNDED)
            .iterator();
    return () -> frames.next().getPayload();
  }

  @Override
  public OfflineModel open(Path model) {
    return new OfflineFrameModel(model);
  }
}
