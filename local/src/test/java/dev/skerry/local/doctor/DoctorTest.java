package dev.skerry.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.local.doctor.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

  private static final long GIB = 1L << 30;

  @TempDir Path root;

  @Test
  void shouldFindNothingWrongWithALargeMachine() {
    Machine machine = new Machine(17, 4, 16 * GIB, OptionalLong.of(12 * GIB), 100 * GIB);
    assertThat(MachineChecks.of(machine)).allMatch(finding -> finding.verdict() == Verdict.OK);
  }

  @Test
  void shouldSayWhatASmallMachineLacksAndWhatToDo() {
    Machine machine = new Machine(11, 1, 2 * GIB, OptionalLong.of(GIB), GIB / 2);
    List<Finding> findings = MachineChecks.of(machine);
    assertThat(findings)
        .extracting(Finding::verdict)
        .containsExactly(Verdict.FAILURE, Verdict.WARNING, Verdict.FAILURE, Verdict.FAILURE);
    assertThat(findings).allSatisfy(finding -> assertThat(finding.advice()).isNotEmpty());
  }

  @Test
  void shouldTakeTheCpuWhereThereIsNoGpu() throws IOException {
    assertThat(new GpuChecks(root, "", false).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.OK));
    assertThat(new GpuChecks(root, "", true).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.advice()).contains("inference.providers=cpu"));
  }

  @Test
  void shouldNameTheLibrariesThatAGpuLacks() throws IOException {
    Files.createDirectories(root.resolve("proc/driver/nvidia"));
    Files.writeString(root.resolve("proc/driver/nvidia/version"), "NVRM version: 570.00\n");
    Path libraries = Files.createDirectories(root.resolve("libraries"));
    Files.createFile(libraries.resolve("libcudart.so.12"));
    Files.createDirectories(root.resolve("usr/lib64"));
    Files.createFile(root.resolve("usr/lib64/libcudnn.so.9"));
    List<Finding> findings = new GpuChecks(root, libraries.toString(), true).findings();
    assertThat(findings)
        .filteredOn(finding -> finding.verdict() == Verdict.OK)
        .extracting(Finding::what)
        .contains("GPU driver", "GPU build", "libcudart.so.12", "libcudnn.so.9");
    assertThat(findings)
        .filteredOn(finding -> finding.verdict() == Verdict.WARNING)
        .extracting(Finding::what)
        .containsExactly("libcublasLt.so.12", "libnvinfer.so.10");
  }
}
