package dev.skerry.inference.provider;

import ai.onnxruntime.OrtProvider;
import java.util.Locale;

/** What ONNX Runtime can run a model on. */
public enum Provider {
  TENSORRT(OrtProvider.TENSOR_RT),
  CUDA(OrtProvider.CUDA),
  CPU(OrtProvider.CPU);

  private final OrtProvider runtimeName;

  Provider(OrtProvider runtimeName) {
    this.runtimeName = runtimeName;
  }

  /** What ONNX Runtime calls it. */
  public OrtProvider runtimeName() {
    return runtimeName;
  }

  /**
   * As it stands in configuration, metrics and logs: {@code tensorrt}, {@code cuda}, {@code cpu}.
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it compiles or tunes for each batch size, so that there should be few of them. */
  public boolean wantsFixedSizes() {
    return this != CPU;
  }
}
