package dev.skerry.local.model;

import dev.skerry.local.terminal.Json;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether a command prints for people or for programs. */
final class JsonOption {

  @Option(names = "--json", description = "Print JSON, one object a line.")
  private boolean json;

  boolean isGiven() {
    return json;
  }

  /** Prints a value as JSON, or what it says in words. */
  void print(CommandSpec spec, Object value, Supplier<String> words) {
    spec.commandLine().getOut().println(json ? Json.of(value) : words.get());
  }
}
