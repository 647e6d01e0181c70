package dev.skerry.inference.testing;

import dev.skerry.inference.InferenceConfig;
import dev.skerry.inference.InferenceService;
import dev.skerry.service.ExitCode;
import dev.skerry.service.Observability;
import dev.skerry.service.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The service in this process, in a thread of its own. */
public final class RunningInference implements AutoCloseable {

  private final Observability observability;
  private boolean closed;
  private final InferenceService service;
  private final CompletableFuture<Integer> running;

  private RunningInference(Settings settings) {
    observability = Observability.start(settings.service().http());
    service = new InferenceService(settings, observability);
    running =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                service.run();
                return ExitCode.OK;
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            },
            task -> new Thread(task, "inference").start());
  }

  /** Starts it with the models of a directory. */
  public static RunningInference start(Edge edge, Path models, String... keysAndValues) {
    return new RunningInference(
        Settings.of(
            settings(edge.bootstrapServers(), models, keysAndValues), InferenceConfig.class));
  }

  /** The settings of such a service. */
  public static Map<String, String> settings(
      String bootstrapServers, Path models, String... keysAndValues) {
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", bootstrapServers);
    settings.put("inference.site-id", "site-1");
    settings.put("inference.models", models.toString());
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return settings;
  }

  public Observability observability() {
    return observability;
  }

  /**
   * The value of a counter, over all of its labels but those given.
   *
   * @param labels names and values in turns
   */
  public double count(String meter, String... labels) {
    return observability.metrics().find(meter).tags(labels).counters().stream()
        .mapToDouble(c -> c.count())
        .sum();
  }

  /** Completes when the service has returned, exceptionally with the reason when it has failed. */
  public CompletableFuture<Integer> ended() {
    return running;
  }

  /** Asks it to stop and waits until it has; throws its reason if it failed. */
  public void stop() throws Exception {
    service.stop();
    running.get(30, TimeUnit.SECONDS);
  }

  /** A second time it does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    service.stop();
    running.exceptionally(failure -> ExitCode.FAILED).join();
    service.close();
    observability.close();
  }
}
