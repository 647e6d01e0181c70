package dev.skerry.inference.provider;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;

/** How far ONNX Runtime rewrites a graph before it runs it. */
public enum GraphOptimisation {
  NONE(OptLevel.NO_OPT),
  /** What gives the same numbers everywhere: constants folded, what is not needed left out. */
  BASIC(OptLevel.BASIC_OPT),
  /** Operators fused for the provider. */
  EXTENDED(OptLevel.EXTENDED_OPT),
  /** And the layout of memory changed. */
  ALL(OptLevel.ALL_OPT);

  private final OptLevel level;

  GraphOptimisation(OptLevel level) {
    this.level = level;
  }

  /** In ONNX Runtime's words. */
  public OptLevel level() {
    return level;
  }
}
