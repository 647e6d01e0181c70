package dev.skerry.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The PromQL of rules and dashboards.
 *
 * @param source the file, and the alert or panel in it
 */
record Expression(String source, String promQl) {

  static final Path RULES = Path.of("rules");
  static final Path DASHBOARDS = Path.of("components", "monitoring", "dashboards");

  private static final Pattern NAME =
      Pattern.compile("(?<![\\w.$])(?:(?:skerry|kafka|jvm|process|DCGM)_\\w+|up)(?!\\w)");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|on|without|ignoring)\\s*\\([^)]*\\)");
  private static final Pattern LABELS = Pattern.compile("\\{[^}]*}");

  /** Of every alert. */
  static List<Expression> ofRules() {
    return files(RULES, ".yaml")
        .flatMap(
            file ->
                Manifest.items(read(new YAMLMapper(), file).path("groups"))
                    .flatMap(group -> Manifest.items(group.path("rules")))
                    .map(
                        rule ->
                            new Expression(
                                file + ": " + rule.path("alert").asText(),
                                rule.path("expr").asText())))
        .toList();
  }

  /** Of every panel. */
  static List<Expression> ofDashboards() {
    return files(DASHBOARDS, ".json")
        .flatMap(
            file ->
                Manifest.items(read(new ObjectMapper(), file).path("panels"))
                    .flatMap(
                        panel ->
                            Manifest.items(panel.path("targets"))
                                .map(
                                    target ->
                                        new Expression(
                                            file + ": " + panel.path("title").asText(),
                                            target.path("expr").asText()))))
        .toList();
  }

  /** The names of the metrics in it; labels and what stands in quotation marks are none. */
  Set<String> metrics() {
    String bare = QUOTED.matcher(promQl).replaceAll("");
    bare = GROUPING.matcher(LABELS.matcher(bare).replaceAll("")).replaceAll("");
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(bare);
    while (name.find()) {
      names.add(name.group());
    }
    return names;
  }

  /** As Prometheus takes it: Grafana's variables are durations, and what is small is not hidden. */
  String onPrometheus() {
    return promQl.replaceAll("\\$__(rate_)?interval", "1m").replaceAll(" > 0$", "");
  }

  private static Stream<Path> files(Path directory, String ending) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode read(ObjectMapper mapper, Path file) {
    try {
      return mapper.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
