package dev.skerry.ingest;

import dev.skerry.ingest.publish.Destination;
import dev.skerry.ingest.publish.GatewayAddress;
import dev.skerry.ingest.publish.GatewayFiles;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.service.ConfigException;
import dev.skerry.service.KafkaSettings;
import dev.skerry.service.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where records go: to Kafka, a gateway or a file. A mixin of commands. */
public final class DestinationOptions {

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Kafka's brokers, as HOST:PORT[,HOST:PORT].")
  private Optional<String> bootstrap = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Properties with further settings of the Kafka clients, for example"
              + " kafka.producer.delivery.timeout.ms=30000.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "WHERE",
      description =
          "kafka; a gateway, as http://HOST:PORT, https://…, mqtt://… or mqtts://…; or a new Avro"
              + " container file (default: kafka).")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description =
          "For a gateway: a file with a device and its token on each line (default: devices show"
              + " nothing).")
  private Optional<Path> tokens = Optional.empty();

  @Option(
      names = "--certificates",
      paramLabel = "DIR",
      description =
          "For a gateway: a directory with DEVICE.pem and DEVICE.key, certificate and private key,"
              + " of each device (default: devices show none).")
  private Optional<Path> certificates = Optional.empty();

  @Option(
      names = "--ca",
      paramLabel = "FILE.pem",
      description =
          "For a gateway: the certificates that its own must come from (default: those that Java"
              + " trusts).")
  private Optional<Path> ca = Optional.empty();

  @Option(
      names = "--progress",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Show how far it is on standard error: one line that changes on a terminal, otherwise a"
              + " line every 10 s (default: yes).")
  private boolean progress = true;

  /** Whether any of these options was given. */
  boolean isNamed() {
    return bootstrap.isPresent() || config.isPresent() || to.isPresent();
  }

  /** The file to write to; empty where it is something that takes records as they come. */
  Optional<Path> file() {
    if (isKafka() || gateway().isPresent()) {
      return Optional.empty();
    }
    requireNoBrokers("--to writes a file");
    requireNoGatewayOptions();
    return to.map(Path::of);
  }

  /**
   * What takes records as they come: Kafka or a gateway.
   *
   * @param topics those that are written to
   */
  Destination live(List<Topic> topics) {
    Optional<String> gateway = gateway();
    if (gateway.isPresent()) {
      requireNoBrokers("--to names a gateway");
      return Destination.gateway(GatewayAddress.of(gateway.get(), files()));
    }
    requireNoGatewayOptions();
    return Destination.kafka(kafka(), topics);
  }

  private boolean isKafka() {
    return to.isEmpty() || to.get().equalsIgnoreCase("kafka");
  }

  private Optional<String> gateway() {
    return to.filter(GatewayAddress::isOne);
  }

  private void requireNoBrokers(String reason) {
    if (bootstrap.isPresent() || config.isPresent()) {
      throw new ConfigException(
          reason + " and --bootstrap or --config are for Kafka; give one of them");
    }
  }

  private void requireNoGatewayOptions() {
    if (files().isAny()) {
      throw new ConfigException(
          "--tokens, --certificates and --ca are for a gateway; name it with --to");
    }
  }

  private GatewayFiles files() {
    return new GatewayFiles(tokens, certificates, ca);
  }

  private KafkaSettings kafka() {
    if (config.isPresent() && !Files.isReadable(config.get())) {
      throw new ConfigException("The file " + config.get() + " (--config) cannot be read");
    }
    List<String> args = new ArrayList<>();
    config.ifPresent(path -> args.addAll(List.of("--config", path.toString())));
    bootstrap.ifPresent(
        brokers -> args.addAll(List.of("--set", "kafka.bootstrap.servers=" + brokers)));
    try {
      return Settings.load(args.toArray(String[]::new)).kafka();
    } catch (ConfigException e) {
      if (bootstrap.isEmpty() && config.isEmpty()) {
        throw new ConfigException(
            "Say where the records go: --bootstrap HOST:PORT for Kafka (127.0.0.1:19092 of a skerry up),"
                + " --to http://HOST:PORT for a gateway, or --to FILE.avro",
            e);
      }
      throw e;
    }
  }

  /** Whether progress is to be shown. */
  boolean showsProgress() {
    return progress;
  }
}
