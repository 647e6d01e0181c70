package dev.skerry.local.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a GPU could be used, and what is missing where it could not. A site without one runs on
 * the CPU, so that nothing here is a failure.
 *
 * @param root of the file system
 * @param libraryPath directories where libraries are looked for, as in LD_LIBRARY_PATH
 * @param gpuBuild whether this build has the providers for GPUs
 */
record GpuChecks(Path root, String libraryPath, boolean gpuBuild) {

  /** What ONNX Runtime's provider for CUDA links to, and what brings it. */
  private static final List<List<String>> CUDA =
      List.of(
          List.of("libcudart.so.12", "CUDA 12"),
          List.of("libcublasLt.so.12", "CUDA 12 (cuBLAS)"),
          List.of("libcudnn.so.9", "cuDNN 9"));

  private static final List<String> TENSORRT = List.of("libnvinfer.so.10", "TensorRT 10");

  private static final List<String> DIRECTORIES =
      List.of(
          "usr/lib/x86_64-linux-gnu",
          "usr/lib/aarch64-linux-gnu",
          "usr/lib64",
          "usr/lib",
          "usr/local/cuda/lib64",
          "usr/local/cuda/targets/x86_64-linux/lib",
          "usr/local/cuda/targets/aarch64-linux/lib",
          "usr/local/tensorrt/lib",
          "opt/cuda/lib64");

  private static final String PROVIDER =
      "/ai/onnxruntime/native/linux-x64/libonnxruntime_providers_cuda.so";

  /** Of this machine. */
  static GpuChecks ours() {
    return new GpuChecks(
        Path.of("/"),
        Optional.ofNullable(System.getenv("LD_LIBRARY_PATH")).orElse(""),
        GpuChecks.class.getResource(PROVIDER) != null);
  }

  List<Finding> findings() throws IOException {
    Optional<String> driver = driver();
    if (driver.isEmpty() && !hasDevice()) {
      return List.of(
          gpuBuild
              ? Finding.warning(
                  "GPU",
                  "none is seen, and this build is for one",
                  "Set inference.providers=cpu, or install NVIDIA's driver")
              : Finding.ok("GPU", "none is seen: models run on the CPU"));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        driver
            .map(version -> Finding.ok("GPU driver", version))
            .orElseGet(
                () ->
                    Finding.warning(
                        "GPU driver",
                        "there is a GPU and no driver",
                        "Install NVIDIA's driver for it")));
    findings.add(
        gpuBuild
            ? Finding.ok("GPU build", "this build has the providers for CUDA and TensorRT")
            : Finding.warning(
                "GPU build",
                "this build runs on the CPU alone",
                "Build with ./mvnw -Pgpu package"));
    CUDA.forEach(library -> findings.add(library(library.get(0), library.get(1))));
    findings.add(library(TENSORRT.get(0), TENSORRT.get(1)));
    return findings;
  }

  private Finding library(String name, String bringer) {
    return find(name)
        .map(path -> Finding.ok(name, path.toString()))
        .orElseGet(
            () ->
                Finding.warning(
                    name,
                    "is not found",
                    "Install " + bringer + ", or name its directory in LD_LIBRARY_PATH"));
  }

  private Optional<Path> find(String name) {
    return Stream.concat(
            Stream.of(libraryPath.split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(Path::of),
            DIRECTORIES.stream().map(root::resolve))
        .map(directory -> directory.resolve(name))
        .filter(Files::exists)
        .findFirst();
  }

  private Optional<String> driver() throws IOException {
    Path version = root.resolve("proc/driver/nvidia/version");
    return Files.isReadable(version)
        ? Files.readAllLines(version).stream().findFirst().map(String::strip)
        : Optional.empty();
  }

  private boolean hasDevice() {
    return Files.exists(root.resolve("dev/nvidia0"))
        || Files.exists(root.resolve("dev/nvhost-gpu"));
  }
}
