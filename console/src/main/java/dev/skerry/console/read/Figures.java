package dev.skerry.console.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a part says of itself in Prometheus' text format, as far as it is about Skerry. Immutable.
 *
 * @param samples in the order of the text
 */
public record Figures(List<Sample> samples) {

  /** Of a part that said nothing. */
  public static final Figures NONE = new Figures(List.of());

  private static final List<String> PREFIXES =
      List.of("skerry_", "process_uptime_seconds", "process_cpu_usage", "jvm_memory_used_bytes");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** One line. */
  public record Sample(String name, Map<String, String> labels, double value) {

    /** The value of a label; empty where it has none. */
    public String label(String label) {
      return labels.getOrDefault(label, "");
    }
  }

  public Figures {
    samples = List.copyOf(samples);
  }

  /** Reads the text; a line that is none is left out. */
  public static Figures parse(String text) {
    List<Sample> samples = new ArrayList<>();
    text.lines()
        .filter(line -> PREFIXES.stream().anyMatch(line::startsWith))
        .forEach(line -> parse(line, samples::add));
    return new Figures(samples);
  }

  private static void parse(String line, Consumer<Sample> to) {
    int space = line.lastIndexOf(' ');
    int brace = line.indexOf('{');
    if (space < 0) {
      return;
    }
    Map<String, String> labels = new HashMap<>();
    if (brace >= 0) {
      Matcher label = LABEL.matcher(line.substring(brace, space));
      while (label.find()) {
        labels.put(label.group(1), label.group(2).replace("\\\"", "\"").replace("\\\\", "\\"));
      }
    }
    String name = line.substring(0, brace >= 0 ? brace : space);
    number(line.substring(space + 1))
        .ifPresent(value -> to.accept(new Sample(name, Map.copyOf(labels), value)));
  }

  private static java.util.OptionalDouble number(String text) {
    try {
      return java.util.OptionalDouble.of(Double.parseDouble(text.replace("Inf", "Infinity")));
    } catch (NumberFormatException e) {
      return java.util.OptionalDouble.empty();
    }
  }

  /** All samples of a name. */
  public List<Sample> of(String name) {
    return samples.stream().filter(sample -> sample.name().equals(name)).toList();
  }

  /** The sum over all samples of a name; 0 where there are none. */
  public double sum(String name) {
    return of(name).stream().mapToDouble(Sample::value).filter(Double::isFinite).sum();
  }

  /** Whether there is any sample of a name. */
  public boolean has(String name) {
    return samples.stream().anyMatch(sample -> sample.name().equals(name));
  }
}
