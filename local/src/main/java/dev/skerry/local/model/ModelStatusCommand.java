package dev.skerry.local.model;

import dev.skerry.local.terminal.Table;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skerry model status}: what serves where, and the step that brought it there. */
@Command(
    name = "status",
    description = "Says for each site and model what serves, and the last step with its reason.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelStatusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--history", description = "Every step that is still there, the oldest first.")
  private boolean history;

  @Mixin private BrokerOption broker = new BrokerOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    AvroDecoder<ModelStatus> decoder = new AvroDecoder<>(ModelStatus.class);
    Map<String, ModelStatus> steps = new TreeMap<>();
    broker.read(
        Topics.MODEL_STATUS.name(),
        record -> {
          if (decoder.decode(record.value()) instanceof Decoded.Value<ModelStatus> decoded) {
            ModelStatus status = decoded.value();
            String place = history ? "%019d".formatted(record.offset()) : "";
            steps.put(place + status.getSiteId() + '\0' + status.getModel(), status);
          }
        });
    print(List.copyOf(steps.values()));
    return ExitCode.OK;
  }

  private void print(List<ModelStatus> steps) {
    List<SiteStep> lines = steps.stream().map(SiteStep::of).toList();
    if (json.isGiven()) {
      lines.forEach(line -> json.print(spec, line, () -> ""));
      return;
    }
    if (lines.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "No site has said anything of a release yet; ./skerry model list says what is published");
      return;
    }
    Table table =
        new Table(
            List.of("site", "model", "champion", "canary", "step", "version", "when", "reason"));
    for (SiteStep line : lines) {
      table.row(
          line.site(),
          line.model(),
          line.champion() == null ? "as set up" : line.champion(),
          line.canaryInWords(),
          line.step(),
          line.version(),
          line.changedAt(),
          line.reason() + line.figuresInWords());
    }
    spec.commandLine().getOut().println(table.text().stripTrailing());
  }
}
