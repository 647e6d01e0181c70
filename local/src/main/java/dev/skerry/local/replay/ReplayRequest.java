package dev.skerry.local.replay;

import dev.skerry.ingest.RowOptions;
import dev.skerry.ingest.replay.ReplayOptions;
import dev.skerry.local.site.SiteRefusedException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Files to replay and how, in the words of {@code ingest replay}, read here too so that what cannot
 * be replayed is refused before anything starts.
 */
public final class ReplayRequest {

  private static final String DEFAULT_STREAM = "readings";

  private final List<String> arguments;

  /**
   * A request.
   *
   * @param options options of {@code ingest replay}
   * @param files files, directories and globs
   */
  public ReplayRequest(List<String> options, List<String> files) {
    if (files.contains("-")) {
      throw new SiteRefusedException(
          "Standard input cannot be looked at before the site starts; use ingest replay - with a"
              + " site that is up");
    }
    this.arguments = new ArrayList<>(options);
    this.arguments.addAll(files);
  }

  /** The same with options in front, which do not replace what the user said. */
  ReplayRequest withDefaults(String stream, int sizeRows) {
    List<String> defaults = new ArrayList<>();
    if (!says("--stream")) {
      defaults.addAll(List.of("--stream", stream));
    }
    if (!says("--size")) {
      defaults.addAll(List.of("--size", Integer.toString(sizeRows)));
    }
    if (!says("--speed")) {
      defaults.addAll(List.of("--speed", "max"));
    }
    return new ReplayRequest(defaults, arguments);
  }

  /** The arguments of {@code ingest replay}, complete. */
  public List<String> arguments() {
    return List.copyOf(arguments);
  }

  /** The stream that the user named, or one for files of which nobody said what they are. */
  String stream() {
    return parsed().stream().orElse(DEFAULT_STREAM);
  }

  /** What is replayed; throws picocli's exceptions and {@code ConfigException}. */
  ReplayOptions options() {
    return parsed().toReplay(stream());
  }

  /** The same with more windows out of the same rows, and an end. */
  ReplayOptions options(int hopRows, long limit) {
    List<String> more = new ArrayList<>(arguments);
    // The last of each option counts.
    more.addAll(List.of("--hop", Integer.toString(hopRows), "--limit", Long.toString(limit)));
    return parse(more).toReplay(stream());
  }

  private boolean says(String option) {
    return arguments.stream()
        .anyMatch(argument -> argument.equals(option) || argument.startsWith(option + "="));
  }

  private RowOptions parsed() {
    return parse(arguments);
  }

  private static RowOptions parse(List<String> arguments) {
    Line line = new Line();
    new CommandLine(line)
        .setOverwrittenOptionsAllowed(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments.toArray(String[]::new));
    return line.rows;
  }

  /** The command line of {@code ingest replay}, as far as it is about files. */
  @Command(name = "up --replay")
  private static final class Line {

    @Mixin private RowOptions rows = new RowOptions();
  }
}
