package dev.skerry.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.skerry.inference.provider.GraphOptimisation;
import dev.skerry.inference.provider.Provider;
import dev.skerry.inference.testing.TestModels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the artifact of ONNX Runtime that has no GPU providers. */
class SessionOpenerTest {

  private static final List<Provider> ALL = List.of(Provider.TENSORRT, Provider.CUDA, Provider.CPU);

  private Path file;

  @BeforeEach
  void writeModel(@TempDir Path directory) {
    file = directory.resolve("pump.onnx");
    TestModels.anomaly(file, "pump", 1, 2);
    Assumptions.assumeFalse(
        OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA),
        "This build has the GPU providers; GpuProviderIT tests those.");
  }

  @Test
  void shouldFallBackInOrderToWhatThisBuildHas() {
    try (ServedModel model = new ModelLoader(settings(ALL, null)).load(file)) {
      assertThat(model.provider()).isEqualTo(Provider.CPU);
      assertThat(model.wantsFixedSizes()).isFalse();
    }
  }

  @Test
  void shouldNotRunOnTheCpuWhereAGpuIsRequired() {
    assertThatThrownBy(() -> new ModelLoader(settings(ALL, Provider.CUDA)).load(file))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageStartingWith("inference.require is cuda, and tensorrt does not work: ")
        .hasMessageContaining("cuda does not work: this build has ONNX Runtime for the CPU alone")
        .hasMessageContaining("-Pgpu");
  }

  @Test
  void shouldRunWhereTheRequiredProviderIsTheCpu() {
    try (ServedModel model = new ModelLoader(settings(ALL, Provider.CPU)).load(file)) {
      assertThat(model.provider()).isEqualTo(Provider.CPU);
    }
  }

  static SessionSettings settings(List<Provider> providers, @Nullable Provider required) {
    return new SessionSettings(
        providers,
        Optional.ofNullable(required),
        false,
        8,
        1,
        GraphOptimisation.ALL,
        Map.of("device_id", "0"),
        Map.of("device_id", "0"));
  }
}
