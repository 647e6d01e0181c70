package dev.skerry.local.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.aggregator.AggregatorConfig;
import dev.skerry.aggregator.AggregatorService;
import dev.skerry.inference.InferenceConfig;
import dev.skerry.inference.InferenceService;
import dev.skerry.ingest.gateway.Gateway;
import dev.skerry.ingest.gateway.GatewayConfig;
import dev.skerry.local.Skerry;
import dev.skerry.local.topic.Broker;
import dev.skerry.retrain.select.SelectConfig;
import dev.skerry.retrain.select.SelectService;
import dev.skerry.schemas.access.KafkaUsers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The services of a secure site within this JVM, each as its own user. */
final class SecureServices {

  private final SiteSettings settings;

  SecureServices(SiteSettings settings) {
    this.settings = settings;
  }

  RunningPart inference() throws Exception {
    return RunningPart.start(
        config(SiteParts.INFERENCE), InferenceService::new, InferenceConfig.class);
  }

  RunningPart aggregator() throws Exception {
    return RunningPart.start(
        config(SiteParts.AGGREGATOR),
        AggregatorService::create,
        AggregatorConfig.class,
        "aggregator.windows=PT1S",
        "aggregator.grace=PT0S",
        "aggregator.quiet-close=PT2S");
  }

  RunningPart cloudAggregator() throws Exception {
    return RunningPart.start(
        config(SiteParts.CLOUD_AGGREGATOR), AggregatorService::create, AggregatorConfig.class);
  }

  RunningPart select() throws Exception {
    return RunningPart.start(config(SiteParts.SELECT), SelectService::create, SelectConfig.class);
  }

  RunningPart gateway() throws Exception {
    return RunningPart.start(config(SiteParts.GATEWAY), Gateway::new, GatewayConfig.class);
  }

  /** Telemetry of a program that writes it itself, as the user that such programs have. */
  void simulate(String duration) {
    Map<String, String> config = new HashMap<>();
    Broker source = settings.brokers().edge(KafkaUsers.SOURCE);
    source.security().forEach((key, value) -> config.put("kafka." + key, value));
    config.put("kafka.bootstrap.servers", source.address());
    Path file = settings.files().writeConfig("simulate", config);
    String[] command = {
      "simulate",
      "--no-progress",
      "--config",
      file.toString(),
      "--machines",
      "2",
      "--interval",
      "200ms",
      "--duration",
      duration
    };
    assertThat(Skerry.run(command, new PrintWriter(System.err, true, UTF_8))).isZero();
  }

  /** History is scored anew by people, who have the operator's certificate. */
  void rescore(Path model, String name) {
    String[] command = {
      "rescore",
      "--model",
      model.toString(),
      "--name",
      name,
      "--bootstrap",
      settings.brokers().edge(KafkaUsers.OPERATOR).address(),
      "--client-config",
      settings.files().clientSettings("edge").toString()
    };
    assertThat(Skerry.run(command, new PrintWriter(System.err, true, UTF_8))).isZero();
  }

  private Path config(String part) {
    return settings.files().root().resolve("config").resolve(part + ".properties");
  }
}
