package dev.skerry.local.site;

import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import dev.skerry.service.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A service within this JVM, with the configuration that a site gives to its process. */
public final class RunningPart implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Service service;
  private final Observability observability;
  private final CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();

  private RunningPart(Service service, Observability observability) {
    this.service = service;
    this.observability = observability;
    Thread thread = new Thread(this::run, "part");
    thread.setDaemon(true);
    thread.start();
  }

  /** What makes a service. */
  @FunctionalInterface
  public interface Factory {
    Service create(Settings settings, Observability observability) throws Exception;
  }

  /**
   * Starts one.
   *
   * @param config as the site wrote it
   * @param more what the test says besides, as key=value
   */
  static RunningPart start(Path config, Factory factory, Class<?> mapping, String... more)
      throws Exception {
    List<String> args = new ArrayList<>(List.of("--config", config.toString()));
    for (String assignment : more) {
      args.addAll(List.of("--set", assignment));
    }
    return start(Settings.load(args.toArray(String[]::new), mapping), factory);
  }

  /** Starts one that has these settings alone. */
  public static RunningPart start(Settings settings, Factory factory) throws Exception {
    Observability observability = Observability.start(settings.service().http());
    try {
      return new RunningPart(factory.create(settings, observability), observability);
    } catch (Exception e) {
      observability.close();
      throw e;
    }
  }

  private void run() {
    try {
      service.run();
      end.complete(null);
    } catch (Throwable e) {
      end.complete(e);
    }
  }

  /** Waits until it ends by itself, and returns why. */
  Throwable awaitFailure() throws InterruptedException, ExecutionException, TimeoutException {
    Throwable reason = end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (reason == null) {
      throw new AssertionError("It ended without a reason");
    }
    return reason;
  }

  /** Stops it; throws what ended it before. */
  public void stop() throws Exception {
    service.stop();
    Throwable reason = end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (reason != null) {
      throw new AssertionError("It had ended before", reason);
    }
  }

  @Override
  public void close() {
    service.stop();
    end.join();
    service.close();
    observability.close();
  }
}
