package dev.skerry.bench.ingest;

import dev.skerry.ingest.gateway.Gateway;
import dev.skerry.ingest.gateway.GatewayConfig;
import dev.skerry.service.ServiceMain;

/** The gateway as a process. */
public final class GatewayMain {

  private GatewayMain() {}

  /** Takes {@code --config FILE}. */
  public static void main(String[] args) {
    System.exit(ServiceMain.run("gateway", args, Gateway::new, GatewayConfig.class));
  }
}
