package dev.skerry.local.model;

import picocli.CommandLine.Command;

/** {@code skerry model}: what a model file is, and whether it may serve. */
@Command(
    name = "model",
    description = "Looks at model files.",
    subcommands = {ModelDescribeCommand.class, ModelCheckCommand.class},
    mixinStandardHelpOptions = true)
public final class ModelCommand {}
