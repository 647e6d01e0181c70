package dev.skerry.ingest.gateway;

import dev.skerry.service.ServiceMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ingest gateway}: runs the gateway until it is told to stop. */
@Command(
    name = "gateway",
    mixinStandardHelpOptions = true,
    description = "Takes telemetry of devices over HTTP and writes it to Kafka.")
public final class GatewayCommand implements Callable<Integer> {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties with the gateway's settings, service's and Kafka's.")
  private List<Path> config = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting; it wins over files and environment variables.")
  private List<String> assignments = List.of();

  @Override
  public Integer call() {
    List<String> args = new ArrayList<>();
    config.forEach(file -> args.addAll(List.of("--config", file.toString())));
    assignments.forEach(assignment -> args.addAll(List.of("--set", assignment)));
    return ServiceMain.run(
        "gateway", args.toArray(String[]::new), Gateway::new, GatewayConfig.class);
  }
}
