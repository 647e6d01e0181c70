package dev.skerry.inference.release;

import dev.skerry.inference.model.InvalidModelException;
import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.ModelTrial;
import dev.skerry.inference.model.ProviderUnavailableException;
import dev.skerry.inference.model.ScoringException;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.release.ReleaseId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes models ready in a thread of its own: session, graph and golden samples, a run of each batch
 * size, latency. Thread-safe.
 */
final class ReleaseLoader implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ReleaseLoader.class);
  private static final Duration TRIAL = Duration.ofMillis(50);

  private final ModelLoader loader;
  private final Consumer<ServedModel> warmUp;
  private final ConcurrentLinkedQueue<Result> results = new ConcurrentLinkedQueue<>();
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "release-loader"));

  /** What became of a load. */
  sealed interface Result {
    ReleaseId id();
  }

  /**
   * It may serve; whoever takes the result closes it.
   *
   * @param figures what was measured, by name
   */
  record Ready(ReleaseId id, ServedModel model, Map<String, Double> figures) implements Result {}

  /** It must not serve, for this reason. */
  record Failed(ReleaseId id, String reason) implements Result {}

  /**
   * A loader.
   *
   * @param warmUp runs a model in each batch size; throws {@link InvalidModelException}
   */
  ReleaseLoader(ModelLoader loader, Consumer<ServedModel> warmUp) {
    this.loader = loader;
    this.warmUp = warmUp;
  }

  /** Begins to load a file, which must hold this release of this stream. */
  void load(ReleaseId id, String stream, Path file) {
    executor.execute(() -> results.add(result(id, stream, file)));
  }

  /** The next result, where there is one. */
  Optional<Result> next() {
    return Optional.ofNullable(results.poll());
  }

  private Result result(ReleaseId id, String stream, Path file) {
    ServedModel model;
    try {
      model = loader.load(file);
    } catch (InvalidModelException | ProviderUnavailableException e) {
      return new Failed(id, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.warn("{} cannot be loaded", id, e);
      return new Failed(id, "it cannot be loaded: " + e);
    }
    try {
      requireNamed(model, id, stream);
      warmUp.accept(model);
      return new Ready(id, model, figures(model));
    } catch (InvalidModelException | ScoringException e) {
      model.close();
      return new Failed(id, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      model.close();
      log.warn("{} cannot be warmed up", id, e);
      return new Failed(id, "it cannot be warmed up: " + e);
    }
  }

  private static void requireNamed(ServedModel model, ReleaseId id, String stream) {
    ReleaseId actual = new ReleaseId(model.contract().name(), model.contract().version());
    if (!actual.equals(id) || !model.contract().stream().equals(stream)) {
      throw new InvalidModelException(
          "the contract in the file is of %s for the stream %s, and not of %s for %s"
              .formatted(actual, model.contract().stream(), id, stream));
    }
  }

  /** The median: a pause of the machine is not the model's. */
  private static Map<String, Double> figures(ServedModel model) throws ScoringException {
    double millis =
        ModelTrial.times(model, 1, TRIAL).get(0).median().toNanos()
            / (double) TimeUnit.MILLISECONDS.toNanos(1);
    Float target = model.contract().latencyTargetMillis();
    if (target != null && millis > target) {
      throw new InvalidModelException(
          "one record takes %.2f ms here, and its latency target is %s ms"
              .formatted(millis, target));
    }
    return Map.of("millisOfOneRecord", millis);
  }

  /** Ends the thread, and closes models that nobody has taken. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(30, TimeUnit.SECONDS)) {
        log.warn("A model is still being loaded; its memory goes with the process");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Result left = results.poll(); left != null; left = results.poll()) {
      if (left instanceof Ready ready) {
        ready.model().close();
      }
    }
  }
}
