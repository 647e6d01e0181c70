package dev.skerry.ingest;

import dev.skerry.service.ConfigException;
import dev.skerry.service.KafkaSettings;
import dev.skerry.service.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where records go: to Kafka, or to a file. A mixin of commands. */
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
      paramLabel = "FILE.avro",
      description = "Write the records into this new Avro container file, in place of Kafka.")
  private Optional<Path> file = Optional.empty();

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
    return bootstrap.isPresent() || config.isPresent() || file.isPresent();
  }

  /** The file to write to; empty where it is Kafka. */
  Optional<Path> file() {
    if (file.isPresent() && (bootstrap.isPresent() || config.isPresent())) {
      throw new ConfigException(
          "--to writes a file and --bootstrap or --config are for Kafka; give one of them");
    }
    return file;
  }

  /** The clients' settings; throws {@link ConfigException} where no broker is named. */
  KafkaSettings kafka() {
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
            "Say where the records go: --bootstrap HOST:PORT for Kafka, or --to FILE.avro", e);
      }
      throw e;
    }
  }

  /** Whether progress is to be shown. */
  boolean showsProgress() {
    return progress;
  }
}
