package dev.skerry.local.model;

import picocli.CommandLine.Command;

/** {@code skerry model}: what a model file is, whether it may serve, and who is to serve it. */
@Command(
    name = "model",
    aliases = "models",
    description = "Looks at model files, and releases them to the sites.",
    subcommands = {
      ModelDescribeCommand.class,
      ModelCheckCommand.class,
      ModelKeygenCommand.class,
      ModelRevokeKeyCommand.class,
      ModelPublishCommand.class,
      ModelListCommand.class,
      ModelStatusCommand.class,
      ModelRolloutCommand.class,
      ModelAdvanceCommand.class,
      ModelRollbackCommand.class,
      ModelRetireCommand.class
    },
    mixinStandardHelpOptions = true)
public final class ModelCommand {}
