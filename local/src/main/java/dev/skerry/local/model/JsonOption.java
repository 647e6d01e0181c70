package dev.skerry.local.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether a command prints for people or for programs. */
final class JsonOption {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--json", description = "Print JSON, one object a line.")
  private boolean json;

  boolean isGiven() {
    return json;
  }

  /** Prints a value as JSON, or what it says in words. */
  void print(CommandSpec spec, Object value, Supplier<String> words) {
    try {
      spec.commandLine().getOut().println(json ? JSON.writeValueAsString(value) : words.get());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what is printed is always JSON", e);
    }
  }
}
