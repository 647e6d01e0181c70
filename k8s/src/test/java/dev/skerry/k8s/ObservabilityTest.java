package dev.skerry.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Alerts and dashboards ask for metrics that there are: {@code metrics.txt} lists those of the
 * services, and a test of the site holds that list to live ones.
 */
class ObservabilityTest {

  @Test
  void shouldKnowEveryMetricThatAlertsAndDashboardsAskFor() throws IOException {
    Set<String> known = known();
    List<Expression> all =
        Stream.concat(Expression.ofRules().stream(), Expression.ofDashboards().stream()).toList();
    assertThat(all).hasSizeGreaterThan(100).allMatch(each -> !each.metrics().isEmpty());
    assertThat(all)
        .flatExtracting(
            each ->
                each.metrics().stream()
                    .filter(name -> !isKnown(known, name))
                    .map(name -> each.source() + " asks for " + name)
                    .toList())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(skerry_inference_recrods_total)",
        "rate(skerry_link_up_total[5m]) > 0",
        "up == 0 and on (instance) skerry_no_such",
        "DCGM_FI_DEV_GPU_TEMPERATURE > 3"
      })
  void shouldNotKnowAMetricThatIsMisspelt(String promQl) throws IOException {
    Set<String> known = known();
    assertThat(new Expression("planted", promQl).metrics()).anyMatch(name -> !isKnown(known, name));
  }

  @Test
  void shouldFindMetricsAmongLabelsAndFunctions() {
    assertThat(
            new Expression(
                    "planted",
                    "sum by (skerry_dev_accelerator) (rate(skerry_a_total{job=~\"skerry_b\"}[5m])) / on () group_left"
                        + " label_replace(up, \"kafka_c\", \"x\", \"\", \"\")")
                .metrics())
        .containsExactlyInAnyOrder("skerry_a_total", "up");
  }

  @Test
  void shouldGiveThePrometheusOperatorTheRulesThatAreTested() throws IOException {
    ArrayNode groups = new ObjectMapper().createArrayNode();
    try (Stream<Path> files = Files.list(Expression.RULES)) {
      files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .forEach(
              file -> Expression.read(new YAMLMapper(), file).path("groups").forEach(groups::add));
    }
    JsonNode rule =
        Expression.read(new YAMLMapper(), Path.of("components", "monitoring", "rules.yaml"));
    assertThat(rule.at("/spec/groups")).isEqualTo(groups);
  }

  @Test
  void shouldTestEveryAlert() throws IOException {
    Set<String> tested = new TreeSet<>();
    try (Stream<Path> files = Files.list(Expression.RULES.resolve("test"))) {
      files.forEach(
          file ->
              tested.addAll(Expression.read(new YAMLMapper(), file).findValuesAsText("alertname")));
    }
    assertThat(Expression.ofRules())
        .extracting(each -> each.source().replaceAll(".*: ", ""))
        .doesNotHaveDuplicates()
        .allSatisfy(alert -> assertThat(tested).contains(alert));
  }

  @Test
  void shouldHaveDashboardsThatGrafanaTellsApart() {
    List<JsonNode> dashboards =
        Stream.of("site", "inference", "link", "retraining", "fleet")
            .map(name -> Expression.DASHBOARDS.resolve(name + ".json"))
            .map(file -> Expression.read(new ObjectMapper(), file))
            .toList();
    assertThat(dashboards).extracting(each -> each.path("uid").asText()).doesNotHaveDuplicates();
    assertThat(dashboards)
        .allSatisfy(
            each -> {
              assertThat(each.path("panels").findValuesAsText("id")).doesNotHaveDuplicates();
              assertThat(each.path("panels").findValues("datasource").toString())
                  .doesNotContain("\"uid\":\"P");
            });
  }

  /** Names of histograms and summaries come with endings. */
  private static boolean isKnown(Set<String> known, String name) {
    return known.contains(name) || known.contains(name.replaceAll("_(bucket|sum|count|max)$", ""));
  }

  private static Set<String> known() throws IOException {
    Set<String> known =
        Files.readAllLines(Path.of("metrics.txt")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.substring(line.indexOf(' ') + 1).strip())
            .collect(Collectors.toCollection(TreeSet::new));
    known.add("up");
    Files.readAllLines(Path.of("gpu-operator", "dcgm-metrics.csv")).stream()
        .filter(line -> line.startsWith("DCGM"))
        .forEach(line -> known.add(line.substring(0, line.indexOf(','))));
    for (String side : List.of("edge", "cloud")) {
      JmxRules.names(Path.of("base", side, "007-metrics.yaml")).forEach(known::add);
    }
    return known;
  }

  /** What the JMX exporter's rules can be called, with every alternative written out. */
  private static final class JmxRules {

    private static final Pattern ALTERNATIVES = Pattern.compile("\\(([\\w|-]+\\|[\\w|-]+)\\)");

    static Stream<String> names(Path manifest) throws IOException {
      return Manifest.parse("" + manifest, Files.readString(manifest)).stream()
          .flatMap(config -> config.node().path("data").properties().stream())
          .flatMap(
              file -> {
                try {
                  return Manifest.items(
                      new YAMLMapper().readTree(file.getValue().asText()).path("rules"));
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
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
