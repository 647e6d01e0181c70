package dev.skerry.inference.provider;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code inference.tensorrt}. */
public interface TensorRtConfig {

  /** Which GPU, from 0. */
  @WithDefault("0")
  int deviceId();

  /** Whether layers may run in half precision. */
  @WithDefault("false")
  boolean fp16();

  /** Whether layers may run in 8-bit integers; without quantised weights it needs a table. */
  @WithDefault("false")
  boolean int8();

  /** Name of the calibration table, a file in the engine cache's directory. */
  Optional<String> int8CalibrationTable();

  /** Whether that table was made by TensorRT's own calibrator and not by ONNX Runtime's. */
  @WithDefault("false")
  boolean int8NativeCalibrationTable();

  /** Directory in which built engines are kept, so that only the first start builds them. */
  Optional<Path> engineCache();

  /** Directory in which the timings of kernels are kept, which makes other builds faster. */
  Optional<Path> timingCache();

  /** The most bytes of workspace that a layer may take while engines are built. */
  Optional<Long> workspaceBytes();

  /** How long building may look for faster kernels, 0 to 5. */
  Optional<Integer> builderLevel();

  /** Fewer nodes than these are left to the next provider. */
  Optional<Integer> minSubgraphNodes();

  /** Any other option of ONNX Runtime's TensorRT provider by its own name; these win. */
  Map<String, String> options();
}
