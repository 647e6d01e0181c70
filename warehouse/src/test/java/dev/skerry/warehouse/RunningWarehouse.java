package dev.skerry.warehouse;

import dev.skerry.service.Observability;
import dev.skerry.service.Settings;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The warehouse in this process. */
final class RunningWarehouse implements AutoCloseable {

  private final Observability observability;
  private final WarehouseService service;
  private final CompletableFuture<Void> run;

  private RunningWarehouse(
      Observability observability, WarehouseService service, CompletableFuture<Void> run) {
    this.observability = observability;
    this.service = service;
    this.run = run;
  }

  static RunningWarehouse start(Map<String, String> settings) {
    Observability observability = Observability.start(Settings.of(Map.of()).service().http());
    WarehouseService service =
        WarehouseService.create(Settings.of(settings, WarehouseConfig.class), observability);
    return new RunningWarehouse(
        observability, service, CompletableFuture.runAsync(() -> run(service)));
  }

  private static void run(WarehouseService service) {
    try {
      service.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  Observability observability() {
    return observability;
  }

  /** Throws where it has died. */
  void requireAlive() {
    if (run.isCompletedExceptionally()) {
      run.join();
    }
  }

  @Override
  public void close() {
    service.stop();
    try {
      run.join();
    } finally {
      service.close();
      observability.close();
    }
  }
}
