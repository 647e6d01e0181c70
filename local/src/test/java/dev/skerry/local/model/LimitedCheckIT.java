package dev.skerry.local.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LimitedCheckIT {

  private static final String SHIPPED =
      Path.of("..", "models", "vibration", "vibration-faults.onnx").toString();

  @Test
  void shouldFailAModelThatTakesMoreMemoryThanTheTargetHas() {
    assumeTrue(LimitedCheck.peakKibibytes().isPresent(), "Linux alone says what a process took");
    assertThat(check("2g")).isZero();
    assertThat(check("16m")).isEqualTo(1);
    assertThat(check("much")).isEqualTo(2);
  }

  private static int check(String memory) {
    return new CommandLine(new ModelCommand())
        .execute("check", SHIPPED, "--max-batch", "1", "--cpus", "1", "--memory", memory);
  }
}
