package dev.skerry.inference.provider;

import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** What can be said of providers, among the keys under {@code inference}. */
public interface ProviderConfig {

  /** Providers, of which the first that works runs a model: tensorrt, cuda, cpu. */
  @WithDefault("cpu")
  List<Provider> providers();

  /** A provider without which, or one that stands before it, the process does not start. */
  Optional<Provider> require();

  /** Whether nodes that a required GPU cannot run may run on the CPU. */
  @WithDefault("false")
  boolean allowCpuNodes();

  /** Threads that one run of a model may use, 1 to 256. */
  @WithDefault("1")
  int intraOpThreads();

  /** How far graphs are rewritten before they run: none, basic, extended or all. */
  @WithDefault("all")
  GraphOptimisation graphOptimisation();

  /** The keys under {@code inference.cuda}. */
  CudaConfig cuda();

  /** The keys under {@code inference.tensorrt}. */
  TensorRtConfig tensorrt();
}
