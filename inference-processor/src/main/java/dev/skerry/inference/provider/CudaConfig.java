package dev.skerry.inference.provider;

import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code inference.cuda}. */
public interface CudaConfig {

  /** How the arena of device memory grows. */
  enum ArenaGrowth {
    /** To the next power of two: fewer, larger allocations. */
    NEXT_POWER_OF_TWO,
    /** By what is asked for: less memory. */
    SAME_AS_REQUESTED
  }

  /** How cuDNN's convolution algorithms are chosen. */
  enum ConvolutionSearch {
    /** All are tried for each new shape: the slowest start, the fastest runs. */
    EXHAUSTIVE,
    /** By rules. */
    HEURISTIC,
    /** Always the same. */
    DEFAULT
  }

  /** Which GPU, from 0. */
  @WithDefault("0")
  int deviceId();

  /** The most bytes of device memory that the arena may take; all without it. */
  Optional<Long> memoryLimitBytes();

  /** {@code next-power-of-two} or {@code same-as-requested}. */
  @WithDefault("next-power-of-two")
  ArenaGrowth arenaGrowth();

  /** {@code exhaustive}, {@code heuristic} or {@code default}. */
  @WithDefault("exhaustive")
  ConvolutionSearch convolutionSearch();

  /** Whether convolutions may take as much workspace as their fastest algorithm wants. */
  @WithDefault("true")
  boolean convolutionMaxWorkspace();

  /** Whether matrix products may use TF32, which has 10 bits of mantissa. */
  @WithDefault("true")
  boolean tf32();

  /** Whether convolutions run channels last where they can, for Tensor Cores. */
  @WithDefault("false")
  boolean preferNhwc();

  /** Any other option of ONNX Runtime's CUDA provider by its own name; these win. */
  Map<String, String> options();
}
