package dev.skerry.local;

import dev.skerry.ingest.DurationConverter;
import dev.skerry.local.rescore.RescoredTopic;
import dev.skerry.local.rescore.Rescoring;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.terminal.Console;
import dev.skerry.local.terminal.Json;
import dev.skerry.local.terminal.Progress;
import dev.skerry.local.terminal.Text;
import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.model.InvalidContractException;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.OnnxFile;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.service.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skerry rescore}: what another model would have answered. */
@Command(
    name = "rescore",
    description = {
      "Runs a model over the telemetry that is still there, up to where it ends now, into a topic of",
      "its own, rescored-NAME: what it would have answered. The site's own answers stay as they are.",
      "One that was cut off goes on where it was when it is asked for again by the same name."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  skerry rescore --model models/vibration/vibration-faults.onnx --since 2h",
      "  skerry tail rescored-1.0.0 --from-beginning"
    })
final class RescoreCommand implements Callable<Integer> {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "A model with its contract inside (.onnx).")
  private Path model = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What its topic is called: rescored-NAME (default: the model's version).")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Only telemetry of the last 10m, 2h, 1d … (default: all that is there). One that goes on"
              + " begins where it was.")
  private Optional<Duration> since = Optional.empty();

  @Option(names = "--json", description = "What was done as a JSON object.")
  private boolean json;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "The broker, where it is not that of a site on this machine.")
  private Optional<String> bootstrap = Optional.empty();

  @Option(
      names = "--client-config",
      paramLabel = "FILE",
      description = "With --bootstrap: settings of a Kafka client, such as certificates.")
  private Optional<Path> clientConfig = Optional.empty();

  @Mixin private SiteOption site = new SiteOption();

  /** What was done. */
  record Done(String topic, String model, String version, long records, Map<String, Long> labels) {}

  @Override
  public Integer call() throws InterruptedException {
    ModelContract contract = contract();
    Topic into =
        RescoredTopic.of(name.orElse(contract.version()))
            .orElseThrow(
                () ->
                    new SiteRefusedException(
                        "No topic can be called rescored-"
                            + name.orElse(contract.version())
                            + ": give another --name, of letters, digits, dots, - and _"));
    Broker broker =
        bootstrap.map(at -> Broker.of(at, clientConfig)).orElseGet(() -> site.site().edge());
    Console console = Console.standard();
    Rescoring rescoring =
        new Rescoring(
            broker,
            model,
            contract,
            name.orElse(contract.version()),
            into,
            since.map(ago -> Instant.now().minus(ago)));
    long records;
    try (Progress progress = Progress.of("records are scored")) {
      records = rescoring.run(progress::at);
    }
    report(
        new Done(into.name(), contract.name(), contract.version(), records, labels(broker, into)),
        console);
    return ExitCode.OK;
  }

  private ModelContract contract() {
    if (!Files.isReadable(model)) {
      throw new SiteRefusedException(
          "The model file " + model + " cannot be read: name an .onnx file with --model");
    }
    try {
      return OnnxFile.read(model).contract();
    } catch (InvalidContractException e) {
      String why = String.valueOf(e.getMessage());
      throw new SiteRefusedException(
          why.contains(model.toString()) ? why : "The model " + model + " is refused: " + why, e);
    }
  }

  private static Map<String, Long> labels(Broker broker, Topic into) {
    Map<String, Long> labels = new TreeMap<>();
    AvroDecoder<Detection> decoder = new AvroDecoder<>(Detection.class);
    try (TopicReader reader = new TopicReader(broker)) {
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(into.name()))),
          record -> {
            if (decoder.decode(record.value()) instanceof Decoded.Value<Detection> detection) {
              labels.merge(detection.value().getLabel(), 1L, Long::sum);
            }
          });
    }
    return labels;
  }

  private void report(Done done, Console console) {
    if (json) {
      console.line(Json.of(done));
      return;
    }
    console.line(
        "%s records are scored by %s %s"
            .formatted(Text.count(done.records()), done.model(), done.version()));
    long all = done.labels().values().stream().mapToLong(Long::longValue).sum();
    console.line("%s holds %s detections".formatted(done.topic(), Text.count(all)));
    done.labels()
        .forEach((label, count) -> console.line("  %-16s %s".formatted(label, Text.count(count))));
  }
}
