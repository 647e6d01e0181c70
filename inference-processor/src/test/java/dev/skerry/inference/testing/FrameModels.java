package dev.skerry.inference.testing;

import static dev.skerry.inference.testing.OnnxGraph.ANY;
import static dev.skerry.inference.testing.OnnxGraph.attribute;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.skerry.inference.model.OfflineScorer;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Output;
import dev.skerry.schemas.model.Task;
import dev.skerry.schemas.model.Thresholds;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/** Models of frames, and what a plain session says of a frame. */
public final class FrameModels {

  /** The model that ships with the project. */
  public static final Path SURFACE = Path.of("..", "models", "surface", "surface-defects.onnx");

  private static final int EDGE = 4;
  private static final int PATTERN = 3;

  private FrameModels() {}

  /** Two classes of which it is never sure enough: all that it answers is a candidate too. */
  public static void doubting(Path file, String stream) {
    OnnxGraph graph =
        new OnnxGraph()
            .input("x", ANY, 3, EDGE, EDGE)
            .output("y", ANY, 2)
            .constant("w", TestModels.gaussian(new Random(5), 96, 0.1), 48, 2)
            .constant("b", new float[2], 2)
            .node("Flatten", attribute("axis", 1), "flat", "x")
            .node("Gemm", "dense", "flat", "w", "b")
            .node("Softmax", attribute("axis", 1), "y", "dense");
    graph.write(file, doubting(stream, List.of(0f, 0f)));
    try (OfflineScorer scorer = new OfflineScorer(file)) {
      float[] pattern = new float[3 * EDGE * EDGE];
      for (int i = 0; i < pattern.length; i++) {
        int pixel = i % (EDGE * EDGE);
        pattern[i] =
            GoldenSample.patternByte(PATTERN, pixel % EDGE, pixel / EDGE, i / (EDGE * EDGE)) / 255f;
      }
      graph.write(file, doubting(stream, TestModels.boxed(scorer.output(pattern))));
    }
  }

  private static ModelContract doubting(String stream, List<Float> golden) {
    return new ModelContract(
        "doubting",
        "1",
        stream,
        Task.CLASSIFY,
        new FrameInput(
            "x",
            EDGE,
            EDGE,
            FrameInput.Colours.RGB,
            FrameInput.Layout.NCHW,
            FrameInput.Element.FLOAT,
            FrameInput.Resize.STRETCH,
            null,
            null,
            List.of(),
            List.of()),
        new Output("y"),
        List.of("good", "bad"),
        new Thresholds(1, null),
        List.of(new GoldenSample(List.of(), PATTERN, null, golden, List.of())));
  }

  /** What the shipped model says of an image of its own size, in a session of its own. */
  public static float[] surfaceScores(byte[] image) throws IOException, OrtException {
    BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(image));
    int edge = decoded.getWidth();
    ByteBuffer rgb = ByteBuffer.allocateDirect(3 * edge * edge).order(ByteOrder.nativeOrder());
    for (int i = 0; i < edge * edge; i++) {
      int colour = decoded.getRGB(i % edge, i / edge);
      rgb.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(SURFACE.toString());
        OnnxTensor input =
            OnnxTensor.createTensor(
                environment, rgb.flip(), new long[] {1, edge, edge, 3}, OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of("frames", input))) {
      return ((float[][]) result.get(0).getValue())[0];
    }
  }
}
