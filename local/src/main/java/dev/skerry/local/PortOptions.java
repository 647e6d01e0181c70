package dev.skerry.local;

import dev.skerry.local.site.SitePort;
import dev.skerry.local.site.SitePorts;
import java.util.Optional;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** An option for each port of a site. */
final class PortOptions implements IModelTransformer {

  @Override
  public CommandSpec transform(CommandSpec command) {
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder().heading("Ports, all on 127.0.0.1:%n").validate(false);
    for (SitePort port : SitePort.values()) {
      group.addArg(
          OptionSpec.builder(port.option())
              .paramLabel("PORT")
              .type(Integer.class)
              .description(port.description() + " (default: " + port.standard() + ").")
              .build());
    }
    return command.addArgGroup(group.build());
  }

  /** What was chosen on the command line. */
  static SitePorts chosen(CommandSpec command) {
    return SitePorts.of(port -> chosen(command, port).orElse(port.standard()));
  }

  private static Optional<Integer> chosen(CommandSpec command, SitePort port) {
    return Optional.ofNullable(command.findOption(port.option()).getValue());
  }
}
