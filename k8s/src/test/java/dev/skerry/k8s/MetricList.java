package dev.skerry.k8s;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The metrics that alerts and dashboards may ask for: those of {@code metrics.txt}, what the JMX
 * exporter's rules make, and the fields of DCGM.
 */
final class MetricList {

  private static final String ELSEWHERE = "elsewhere ";
  private static final Set<String> OF_A_SITE = ofASite();
  private static final Set<String> ALL = all();

  private MetricList() {}

  /** Whether there is such a metric; names of histograms and summaries come with endings. */
  static boolean knows(String name) {
    return contains(ALL, name);
  }

  /** Whether every site that is up has all of them, whatever its models and its hardware are. */
  static boolean areAllOfASite(Collection<String> names) {
    return names.stream().allMatch(name -> contains(OF_A_SITE, name));
  }

  private static boolean contains(Set<String> names, String name) {
    return names.contains(name) || names.contains(name.replaceAll("_(bucket|sum|count|max)$", ""));
  }

  private static Set<String> ofASite() {
    return lines(Path.of("metrics.txt"))
        .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith(ELSEWHERE))
        .map(MetricList::name)
        .collect(Collectors.toSet());
  }

  private static Set<String> all() {
    Set<String> known = new TreeSet<>(OF_A_SITE);
    known.add("up");
    lines(Path.of("metrics.txt"))
        .filter(line -> line.startsWith(ELSEWHERE))
        .map(MetricList::name)
        .forEach(known::add);
    lines(Path.of("gpu-operator", "dcgm-metrics.csv"))
        .filter(line -> line.startsWith("DCGM"))
        .forEach(line -> known.add(line.substring(0, line.indexOf(','))));
    for (String side : List.of("edge", "cloud")) {
      JmxRules.names(Path.of("base", side, "007-metrics.yaml")).forEach(known::add);
    }
    return known;
  }

  private static String name(String line) {
    return line.substring(line.indexOf(' ') + 1).strip();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the JMX exporter's rules can be called, with every alternative written out. */
  private static final class JmxRules {

    private static final Pattern ALTERNATIVES = Pattern.compile("\\(([\\w|-]+\\|[\\w|-]+)\\)");

    static Stream<String> names(Path manifest) {
      String text = lines(manifest).collect(Collectors.joining("\n"));
      return Manifest.parse(manifest.toString(), text).stream()
          .flatMap(config -> config.node().path("data").properties().stream())
          .flatMap(
              file -> {
                try {
                  return Manifest.items(
                      new YAMLMapper().readTree(file.getValue().asText()).path("rules"));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .flatMap(rule -> names(rule.path("pattern").asText(), rule.path("name").asText()));
    }

    private static Stream<String> names(String pattern, String name) {
      Matcher alternatives = ALTERNATIVES.matcher(pattern);
      List<String> words =
          alternatives
              .results()
              .flatMap(found -> Stream.of(found.group(1).split("\\|")))
              .collect(Collectors.toCollection(ArrayList::new));
      words.add("");
      return words.stream()
          .map(word -> name.replaceAll("\\$\\d", word).replace('-', '_').toLowerCase(Locale.ROOT));
    }
  }
}
