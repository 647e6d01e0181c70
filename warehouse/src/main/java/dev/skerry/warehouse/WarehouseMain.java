package dev.skerry.warehouse;

import dev.skerry.service.ServiceMain;
import org.apache.kafka.common.utils.Exit;

/** The warehouse as a process: {@code --config FILE} and {@code --set key=value}. */
public final class WarehouseMain {

  private WarehouseMain() {}

  public static void main(String[] args) {
    // Kafka Connect would stop itself beside the service, which stops it in its own order.
    Exit.setShutdownHookAdder((name, hook) -> {});
    System.exit(
        ServiceMain.run("warehouse", args, WarehouseService::create, WarehouseConfig.class));
  }
}
