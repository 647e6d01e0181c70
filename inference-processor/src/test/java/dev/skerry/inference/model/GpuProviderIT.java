package dev.skerry.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.skerry.inference.provider.Provider;
import dev.skerry.inference.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With the artifact that has the GPU providers (profile gpu), on a machine without a GPU: nothing
 * here runs on one.
 */
class GpuProviderIT {

  private static final List<Provider> ALL = List.of(Provider.TENSORRT, Provider.CUDA, Provider.CPU);

  private Path file;

  @BeforeEach
  void writeModel(@TempDir Path directory) {
    file = directory.resolve("pump.onnx");
    TestModels.anomaly(file, "pump", 1, 2);
    Assumptions.assumeFalse(
        Files.exists(Path.of("/dev/nvidiactl")), "SKIPPED: this machine has a GPU.");
  }

  @Test
  void shouldHaveTheGpuProviders() {
    assertThat(OrtEnvironment.getAvailableProviders())
        .contains(OrtProvider.CUDA, OrtProvider.TENSOR_RT, OrtProvider.CPU);
  }

  @Test
  void shouldFallBackToTheCpuAndGiveTheGoldenScores() {
    try (ServedModel model = new ModelLoader(SessionOpenerTest.settings(ALL, null)).load(file)) {
      assertThat(model.provider()).isEqualTo(Provider.CPU);
      assertThat(GoldenCheck.problem(model)).isEmpty();
    }
  }

  @Test
  void shouldRefuseToStartWithoutTheRequiredProviderAndNameTheMissingLibrary() {
    ModelLoader loader = new ModelLoader(SessionOpenerTest.settings(ALL, Provider.CUDA));
    assertThatThrownBy(() -> loader.load(file))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageStartingWith("inference.require is cuda, and tensorrt does not work: ")
        .hasMessageContaining("cuda does not work: ")
        .hasMessageMatching("(?s).*lib[a-zA-Z]+\\.so.*")
        .hasMessageNotContaining("\n");
  }
}
