package dev.skerry.local.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SitePorts;
import dev.skerry.local.site.SiteSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The small case of {@code bench/prove kill-inference}. */
@Timeout(300)
class KillInferenceIT {

  private static final Path MODEL =
      Path.of("..", "models", "vibration", "vibration-faults.onnx").toAbsolutePath().normalize();

  @TempDir Path directory;

  @Test
  void shouldHoldThroughAFewKills() throws InterruptedException {
    SiteSettings settings =
        new SiteSettings(
            new SiteFiles(directory),
            SitePorts.free(),
            new SiteSettings.Source.Simulated(List.of("--machines", "20", "--interval", "100ms")),
            MODEL);
    KillInference.Proof proof = new KillInference(settings, 7, 3, System.out::println).run();

    assertThat(proof.holds()).as(proof.toString()).isTrue();
    assertThat(proof.killed()).isEqualTo(3);
    assertThat(proof.detections()).isPositive();
    assertThat(proof.detections() + proof.deadLetters()).isEqualTo(proof.telemetry());
  }
}
