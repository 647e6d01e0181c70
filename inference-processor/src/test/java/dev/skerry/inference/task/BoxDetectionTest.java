package dev.skerry.inference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skerry.inference.model.GoldenCheck;
import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.OfflineScorer;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.inference.model.SessionSettings;
import dev.skerry.inference.testing.NaiveBoxes;
import dev.skerry.inference.testing.TaskModels;
import dev.skerry.inference.testing.TaskModels.DetectorKind;
import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.model.BoxFormat.Coordinates;
import dev.skerry.schemas.model.BoxFormat.Format;
import dev.skerry.schemas.model.BoxFormat.Layout;
import dev.skerry.schemas.model.FrameFit;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.GoldenSample.GoldenBox;
import dev.skerry.schemas.model.ModelContract;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoxDetectionTest {

  private static final DetectorKind V8 =
      new DetectorKind(Layout.ATTRIBUTES_FIRST, false, false, Format.CXCYWH, Coordinates.PIXELS);

  @TempDir private Path directory;

  static Stream<DetectorKind> kinds() {
    return Stream.of(
        V8,
        new DetectorKind(Layout.ANCHORS_FIRST, true, false, Format.CXCYWH, Coordinates.PIXELS),
        new DetectorKind(Layout.ANCHORS_FIRST, true, true, Format.XYXY, Coordinates.SHARES),
        new DetectorKind(Layout.ATTRIBUTES_FIRST, false, true, Format.XYXY, Coordinates.PIXELS),
        new DetectorKind(Layout.ATTRIBUTES_FIRST, true, false, Format.CXCYWH, Coordinates.SHARES));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldFindTheBoxesThatAPlainReadingOfTheNumbersGives(DetectorKind kind) {
    Path file = directory.resolve("detector.onnx");
    ModelContract contract = TaskModels.detector(file, "parts", kind);
    Interpretation interpretation = Interpretation.of(contract);
    Verdict verdict = new Verdict(contract);
    Random random = new Random(5);
    int suppressed = 0;
    try (OfflineScorer offline = new OfflineScorer(file)) {
      for (int[] size : new int[][] {{12, 8}, {1280, 720}, {330, 700}, {12, 3}}) {
        float[] frame = new float[contract.input().elements()];
        for (int i = 0; i < frame.length; i++) {
          frame[i] = random.nextFloat();
        }
        float[] output = offline.output(frame);

        interpretation.read(row(contract, output, size[0], size[1]), verdict);

        List<GoldenBox> expected = NaiveBoxes.find(contract, output, size[0], size[1]);
        assertThat(expected).isNotEmpty();
        assertSame(verdict, contract, expected);
        suppressed += 40 - expected.size();
      }
    }
    assertThat(suppressed).isPositive();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldLoadADetectorWhoseGoldenFramesGiveTheirBoxes(DetectorKind kind) {
    Path file = directory.resolve("detector.onnx");
    ModelContract contract = TaskModels.detector(file, "parts", kind);
    assertThat(contract.golden().get(0).boxes()).hasSizeGreaterThan(1);
    try (ServedModel model = new ModelLoader(new SessionSettings(1)).load(file)) {
      assertThat(GoldenCheck.problem(model)).isEmpty();
    }
  }

  @Test
  void shouldDropTheLessConfidentOfTwoBoxesOfOneClassThatOverlap() {
    ModelContract contract = detector();
    Verdict verdict =
        read(
            contract,
            new float[][] {
              {6, 4, 4, 4, 0.7f, 0.1f},
              {6.2f, 4, 4, 4, 0.9f, 0.1f},
              {6.2f, 4, 4, 4, 0.2f, 0.8f},
              {2, 2, 2, 2, 0.5f, 0.1f}
            });
    assertThat(verdict.boxes().size()).isEqualTo(3);
    assertThat(verdict.boxes().confidence(0)).isEqualTo(0.9f);
    assertThat(contract.labels().get(verdict.boxes().label(1))).isEqualTo("dent");
    assertThat(verdict.boxes().x(2)).isEqualTo(1 / 12f, within(1e-6f));
    assertThat(verdict.boxes().y(2)).isEqualTo(1 / 8f, within(1e-6f));
    assertThat(verdict.boxes().width(2)).isEqualTo(2 / 12f, within(1e-6f));
    assertThat(contract.labels().get(verdict.label())).isEqualTo("scratch");
    assertThat(verdict.confidence()).isEqualTo(0.9f);
    assertThat(verdict.uncertainty()).as("of the least sure box").isEqualTo(0.5f);
    assertThat(verdict.isDoubted(SampleReason.LOW_CONFIDENCE)).isTrue();
    assertThat(verdict.score(0)).isEqualTo(0.9f);
    assertThat(verdict.score(1)).isEqualTo(0.8f);
  }

  @Test
  void shouldSayThatThereIsNothingAndHowSureThatIs() {
    ModelContract contract = detector();
    Verdict verdict = read(contract, new float[][] {{6, 4, 4, 4, 0.375f, 0.1f}});
    assertThat(verdict.boxes().size()).isZero();
    assertThat(verdict.label()).isEqualTo(contract.labels().size());
    assertThat(verdict.confidence()).isEqualTo(0.625f);
    assertThat(verdict.uncertainty()).isEqualTo(0.375f);
    assertThat(verdict.isCandidate()).isFalse();
    assertThat(read(contract, new float[][] {{6, 4, 4, 4, 0.399f, 0}}).isCandidate()).isFalse();
  }

  @Test
  void shouldKeepNoMoreBoxesThanTheContractAllows() {
    float[][] far = new float[20][];
    for (int i = 0; i < far.length; i++) {
      far[i] = new float[] {i * 0.6f + 0.3f, 4, 0.5f, 4, 0.5f + i * 0.01f, 0};
    }
    Verdict verdict = read(detector(), far);
    assertThat(verdict.boxes().size()).isEqualTo(9);
    assertThat(verdict.boxes().confidence(0)).isEqualTo(0.69f);
    assertThat(verdict.boxes().confidence(8)).isEqualTo(0.61f);
  }

  @Test
  void shouldForgetTheBoxesOfTheFrameBefore() {
    ModelContract contract = detector();
    Interpretation interpretation = Interpretation.of(contract);
    Verdict verdict = new Verdict(contract);
    interpretation.read(row(contract, v8(new float[][] {{6, 4, 4, 4, 0.9f, 0}}), 12, 8), verdict);
    interpretation.read(row(contract, v8(new float[][] {}), 12, 8), verdict);
    assertThat(verdict.boxes().size()).isZero();
    assertThat(verdict.score(0)).isZero();
    assertThat(verdict.confidence()).isEqualTo(1);
  }

  private ModelContract detector() {
    return TaskModels.detector(directory.resolve("v8.onnx"), "parts", V8);
  }

  private static Verdict read(ModelContract contract, float[][] boxes) {
    Verdict verdict = new Verdict(contract);
    Interpretation.of(contract).read(row(contract, v8(boxes), 12, 8), verdict);
    return verdict;
  }

  /** Boxes as rows to attributes × 40 anchors, of which the others are empty. */
  private static float[] v8(float[][] boxes) {
    float[] output = new float[6 * 40];
    for (int anchor = 0; anchor < boxes.length; anchor++) {
      for (int attribute = 0; attribute < 6; attribute++) {
        output[attribute * 40 + anchor] = boxes[anchor][attribute];
      }
    }
    return output;
  }

  private static void assertSame(
      Verdict verdict, ModelContract contract, List<GoldenBox> expected) {
    FoundBoxes found = verdict.boxes();
    assertThat(found.size()).isEqualTo(expected.size());
    for (int i = 0; i < found.size(); i++) {
      GoldenBox box = expected.get(i);
      assertThat(contract.labels().get(found.label(i))).isEqualTo(box.label());
      assertThat(found.confidence(i)).isEqualTo(box.confidence(), within(1e-5f));
      assertThat(found.x(i)).isEqualTo(box.x(), within(1e-5f));
      assertThat(found.y(i)).isEqualTo(box.y(), within(1e-5f));
      assertThat(found.width(i)).isEqualTo(box.width(), within(1e-5f));
      assertThat(found.height(i)).isEqualTo(box.height(), within(1e-5f));
    }
  }

  private static ModelRow row(ModelContract contract, float[] output, int width, int height) {
    FrameFit fit = FrameFit.of((FrameInput) contract.input(), width, height);
    return new TestRow(FloatBuffer.wrap(output), FloatBuffer.allocate(0), fit);
  }

  private record TestRow(FloatBuffer output, FloatBuffer input, FrameFit fit) implements ModelRow {
    @Override
    public int outputOffset() {
      return 0;
    }

    @Override
    public int inputOffset() {
      return 0;
    }
  }
}
