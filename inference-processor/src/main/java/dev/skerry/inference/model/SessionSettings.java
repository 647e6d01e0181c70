package dev.skerry.inference.model;

import dev.skerry.inference.provider.GraphOptimisation;
import dev.skerry.inference.provider.Provider;
import dev.skerry.inference.provider.ProviderConfig;
import dev.skerry.inference.provider.ProviderOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How ONNX Runtime runs models. Immutable.
 *
 * @param providers the first of these that works runs a model; not empty
 * @param required one of the providers: where neither it nor one before it works, nothing runs
 * @param allowCpuNodes whether parts of a graph may run on the CPU although a GPU is required
 * @param maxBatch the most rows of a run, for which TensorRT builds its engines
 * @param intraOpThreads threads that one run may use, 1 and up; 1 runs in the calling thread
 * @param optimisation how far graphs are rewritten
 * @param cudaOptions in ONNX Runtime's words
 * @param tensorRtOptions in ONNX Runtime's words
 */
public record SessionSettings(
    List<Provider> providers,
    Optional<Provider> required,
    boolean allowCpuNodes,
    int maxBatch,
    int intraOpThreads,
    GraphOptimisation optimisation,
    Map<String, String> cudaOptions,
    Map<String, String> tensorRtOptions) {

  private static final int DEFAULT_MAX_BATCH = 512;

  public SessionSettings {
    providers = List.copyOf(providers);
    cudaOptions = Map.copyOf(cudaOptions);
    tensorRtOptions = Map.copyOf(tensorRtOptions);
    if (providers.isEmpty() || required.map(providers::indexOf).orElse(0) < 0) {
      throw new IllegalArgumentException(
          "%s is required of the providers %s".formatted(required, providers));
    }
  }

  /** On the CPU. */
  public SessionSettings(int intraOpThreads) {
    this(
        List.of(Provider.CPU),
        Optional.empty(),
        false,
        DEFAULT_MAX_BATCH,
        intraOpThreads,
        GraphOptimisation.ALL,
        Map.of(),
        Map.of());
  }

  /** As configured. */
  public static SessionSettings of(ProviderConfig config, int maxBatch) {
    return new SessionSettings(
        config.providers(),
        config.require(),
        config.allowCpuNodes(),
        maxBatch,
        config.intraOpThreads(),
        config.graphOptimisation(),
        ProviderOptions.of(config.cuda()),
        ProviderOptions.of(config.tensorrt()));
  }

  /** The providers to be tried, in their order. */
  List<Provider> tried() {
    return required
        .map(provider -> providers.subList(0, providers.indexOf(provider) + 1))
        .orElse(providers);
  }

  /** Whether a session must fail rather than run a part of its graph on the CPU. */
  boolean refusesCpuNodes() {
    return !allowCpuNodes && required.filter(provider -> provider != Provider.CPU).isPresent();
  }
}
