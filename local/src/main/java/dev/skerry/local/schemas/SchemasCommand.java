package dev.skerry.local.schemas;

import picocli.CommandLine.Command;

/** {@code skerry schemas}: the schema catalogue. */
@Command(
    name = "schemas",
    description = "The schema catalogue: what there is, what changed, and seeding a registry.",
    subcommands = {
      SchemaListCommand.class,
      SchemaShowCommand.class,
      SchemaDiffCommand.class,
      SchemaDecodeCommand.class,
      SchemaCheckCommand.class,
      SchemaSeedCommand.class
    },
    mixinStandardHelpOptions = true)
public final class SchemasCommand {}
