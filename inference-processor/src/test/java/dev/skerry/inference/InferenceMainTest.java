package dev.skerry.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.inference.testing.TestModels;
import dev.skerry.service.ExitCode;
import dev.skerry.service.ServiceMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceMainTest {

  @TempDir private Path directory;
  private final Map<String, String> settings = new TreeMap<>();

  @BeforeEach
  void setWhatMustBeSet() {
    Path model = directory.resolve("pump.onnx");
    TestModels.anomaly(model, "pump", 1, 2);
    settings.put("kafka.bootstrap.servers", "127.0.0.1:1");
    settings.put("inference.site-id", "site-1");
    settings.put("inference.models", model.toString());
  }

  @Test
  void shouldNameTheKeyThatIsMissing() {
    settings.remove("inference.site-id");
    assertUsage("inference.site-id");
  }

  @Test
  void shouldNameTheBrokerThatIsMissing() {
    settings.remove("kafka.bootstrap.servers");
    assertUsage("kafka.bootstrap.servers is not set");
  }

  @Test
  void shouldNameTheKeyThatIsNotKnown() {
    settings.put("inference.wokers", "2");
    assertUsage("inference.wokers");
  }

  @Test
  void shouldNameTheKeyWhoseValueCannotBe() {
    settings.put("inference.workers", "0");
    assertUsage("inference.workers must be from 1 to 64, not 0");
  }

  @Test
  void shouldNameTheModelThatIsNotThere() {
    settings.put("inference.models", directory.resolve("none.onnx").toString());
    assertUsage(
        "inference.models: The model " + directory.resolve("none.onnx") + " does not exist");
  }

  @Test
  void shouldRefuseSettingsThatWouldBreakTheGuarantee() {
    settings.put("kafka.consumer.isolation.level", "read_uncommitted");
    assertUsage("kafka.consumer.isolation.level is fixed to read_committed here");
  }

  @Test
  void shouldSayWhyARequiredProviderDoesNotWork() {
    settings.put("inference.providers", "tensorrt,cuda,cpu");
    settings.put("inference.require", "cuda");
    assertUsage("inference.require is cuda, and tensorrt does not work: ");
  }

  @Test
  void shouldNameTheRequiredProviderThatIsNotAmongTheProviders() {
    settings.put("inference.require", "cuda");
    assertUsage("inference.require is cuda, which inference.providers (cpu) does not name");
  }

  @Test
  void shouldNotGuessWhatMayLeaveTheSite() {
    settings.put("inference.overflow.share", "0.5");
    assertUsage("name the streams whose telemetry may leave the site");
    settings.put("inference.overflow.streams", "pump");
    settings.put("inference.overflow.share", "1.5");
    assertUsage("inference.overflow.share must be from 0 to 1, not 1.5");
    settings.put("inference.overflow.share", "1");
    settings.put("inference.overflow.stop-lag", "PT30S");
    assertUsage("inference.overflow.stop-lag (PT30S) must not be negative and be less than");
  }

  @Test
  void shouldRefuseToLetOverflowOverflowAgain() {
    settings.put("inference.topics", "telemetry,telemetry-overflow");
    assertUsage("telemetry-overflow is read in the cloud, alone, by a process of its own");
    settings.put("inference.topics", "telemetry-overflow");
    settings.put("inference.overflow.share", "0.5");
    settings.put("inference.overflow.streams", "pump");
    assertUsage("inference.overflow.share must be 0 where telemetry-overflow is read");
    settings.put("inference.overflow.share", "0");
    settings.put("inference.unserved", "ignore");
    assertUsage("inference.unserved=ignore is for sites");
  }

  private void assertUsage(String complaint) {
    List<String> args = new ArrayList<>();
    settings.forEach((key, value) -> args.addAll(List.of("--set", key + "=" + value)));
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      int code =
          ServiceMain.run(
              "inference",
              args.toArray(String[]::new),
              InferenceService::new,
              InferenceConfig.class);
      assertThat(code).isEqualTo(ExitCode.USAGE);
    } finally {
      System.setErr(before);
    }
    String text = errors.toString(StandardCharsets.UTF_8);
    assertThat(text).contains(complaint);
    assertThat(text.strip().lines()).hasSize(1);
  }
}
