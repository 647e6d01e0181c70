package dev.skerry.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The examples at the end of each command's help. They stand in one file, {@code examples.txt}. */
final class Examples {

  private static final String FILE = "examples.txt";
  private static final String INDENT = "  ";
  private static final int GAP = 2;
  private static final int COLUMNS = 79;

  private Examples() {}

  /** All of them, a line each: the command and, after two spaces or more, what it is for. */
  static List<String> lines() {
    InputStream file = Objects.requireNonNull(Examples.class.getResourceAsStream(FILE), FILE);
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shows each with the command that it is of, unless that has examples of its own. */
  static CommandLine addTo(CommandLine skerry) {
    Map<CommandLine, List<String>> byCommand = new LinkedHashMap<>();
    for (String line : lines()) {
      byCommand.computeIfAbsent(of(skerry, line), command -> new ArrayList<>()).add(line);
    }
    byCommand.forEach(Examples::show);
    return skerry;
  }

  private static void show(CommandLine command, List<String> examples) {
    CommandLine.Model.UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    if (usage.footer().length == 0) {
      usage.footer(
          Stream.concat(Stream.of("", "Examples:"), written(examples).stream())
              .map(line -> line.replace("%", "%%"))
              .toArray(String[]::new));
    }
  }

  /** In two columns where these fit, else what each is for above it. */
  private static List<String> written(List<String> examples) {
    List<String[]> parted = examples.stream().map(line -> line.split(" {2,}", 2)).toList();
    int commands = parted.stream().mapToInt(line -> line[0].length()).max().orElse(0);
    int texts =
        parted.stream().mapToInt(line -> line.length > 1 ? line[1].length() : 0).max().orElse(0);
    boolean fits = INDENT.length() + commands + GAP + texts <= COLUMNS;
    List<String> lines = new ArrayList<>();
    for (String[] line : parted) {
      String text = line.length > 1 ? line[1] : "";
      if (fits) {
        String padding = " ".repeat(commands + GAP - line[0].length());
        lines.add((INDENT + line[0] + padding + text).stripTrailing());
      } else {
        if (!text.isEmpty()) {
          lines.add(INDENT + "# " + text);
        }
        lines.add(INDENT + line[0]);
      }
    }
    return lines;
  }

  /** The innermost command that the line names. */
  private static CommandLine of(CommandLine skerry, String line) {
    CommandLine command = skerry;
    List<String> words = List.of(line.split(" +"));
    for (String word : words.subList(1, words.size())) {
      CommandLine inner = command.getSubcommands().get(word);
      if (inner == null) {
        return command;
      }
      command = inner;
    }
    return command;
  }
}
