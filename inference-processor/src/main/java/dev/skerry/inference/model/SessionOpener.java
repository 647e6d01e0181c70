package dev.skerry.inference.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import dev.skerry.inference.provider.Provider;
import dev.skerry.inference.provider.ProviderOptions;
import dev.skerry.schemas.model.ModelContract;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens models on the first of the configured providers that works. ONNX Runtime's Java interface
 * does not tell which provider a node was given to: that a provider runs a model means that it
 * could be added and that the session was made with it. Thread-safe.
 */
final class SessionOpener {

  private static final Logger log = LoggerFactory.getLogger(SessionOpener.class);

  private final SessionSettings settings;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * A model in memory.
   *
   * @param provider the first that runs it; what it cannot run, those after it do
   */
  record Opened(OrtSession session, Provider provider) {}

  SessionOpener(SessionSettings settings) {
    this.settings = settings;
  }

  /**
   * Opens a model file.
   *
   * @throws OrtException when the file is no model that can be run
   * @throws ProviderUnavailableException when the provider that is required does not work
   */
  Opened open(Path file, ModelContract contract) throws OrtException {
    List<Provider> tried = settings.tried();
    Map<Provider, String> failures = new LinkedHashMap<>();
    for (int first = 0; first < tried.size(); first++) {
      Provider provider = tried.get(first);
      try (OrtSession.SessionOptions options = options()) {
        add(provider, options, contract);
        for (Provider next : tried.subList(first + 1, tried.size())) {
          addIfPossible(next, options, contract);
        }
        OrtSession session =
            OrtEnvironment.getEnvironment().createSession(file.toString(), options);
        warnOnce(provider, failures);
        return new Opened(session, provider);
      } catch (OrtException e) {
        if (provider == Provider.CPU) {
          throw e;
        }
        failures.put(provider, oneLine(e));
      }
    }
    throw new ProviderUnavailableException(refusal(failures));
  }

  private OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setOptimizationLevel(settings.optimisation().level());
    options.setIntraOpNumThreads(settings.intraOpThreads());
    options.setInterOpNumThreads(1);
    // Idle threads would otherwise spin, and the broker runs on the same few cores.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    // What goes wrong in a run comes back as an exception, with the same words.
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    if (settings.refusesCpuNodes()) {
      options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
    }
    return options;
  }

  private void add(Provider provider, OrtSession.SessionOptions options, ModelContract contract)
      throws OrtException {
    if (!OrtEnvironment.getAvailableProviders().contains(provider.runtimeName())) {
      throw new OrtException(
          "this build has ONNX Runtime for the CPU alone; build Skerry with -Pgpu for "
              + provider.word());
    }
    switch (provider) {
      case CPU -> {} // It is there without being added.
      case CUDA -> addCuda(options);
      case TENSORRT -> addTensorRt(options, contract);
    }
  }

  private void addCuda(OrtSession.SessionOptions options) throws OrtException {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions()) {
      for (Map.Entry<String, String> option : settings.cudaOptions().entrySet()) {
        cuda.add(option.getKey(), option.getValue());
      }
      options.addCUDA(cuda);
    }
  }

  private void addTensorRt(OrtSession.SessionOptions options, ModelContract contract)
      throws OrtException {
    Map<String, String> all =
        new HashMap<>(ProviderOptions.profile(contract.input(), settings.maxBatch()));
    all.putAll(settings.tensorRtOptions());
    try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions()) {
      for (Map.Entry<String, String> option : all.entrySet()) {
        tensorRt.add(option.getKey(), option.getValue());
      }
      options.addTensorrt(tensorRt);
    }
  }

  /** A provider after the first one only takes what that one leaves over. */
  private void addIfPossible(
      Provider provider, OrtSession.SessionOptions options, ModelContract contract) {
    try {
      add(provider, options, contract);
    } catch (OrtException e) {
      log.debug("{} does not take what is left over", provider.word(), e);
    }
  }

  private void warnOnce(Provider provider, Map<Provider, String> failures) {
    if (!failures.isEmpty() && warned.compareAndSet(false, true)) {
      log.warn("Models run on {}, because {}", provider.word(), reasons(failures));
    }
  }

  private String refusal(Map<Provider, String> failures) {
    String required = settings.required().map(Provider::word).orElse("none");
    return "inference.require is "
        + required
        + ", and "
        + reasons(failures)
        + ". Correct that, or leave out inference.require to fall back to the next of"
        + " inference.providers";
  }

  /** ONNX Runtime's messages name what is missing, in several lines. */
  private static String oneLine(OrtException e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
  }

  private static String reasons(Map<Provider, String> failures) {
    return failures.entrySet().stream()
        .map(failure -> failure.getKey().word() + " does not work: " + failure.getValue())
        .collect(Collectors.joining("; "));
  }
}
