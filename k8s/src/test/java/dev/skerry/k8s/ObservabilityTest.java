package dev.skerry.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
  void shouldKnowEveryMetricThatAlertsAndDashboardsAskFor() {
    List<Expression> all =
        Stream.concat(Expression.ofRules().stream(), Expression.ofDashboards().stream()).toList();
    assertThat(all).hasSizeGreaterThan(100).allMatch(each -> !each.metrics().isEmpty());
    assertThat(all)
        .flatExtracting(
            each ->
                each.metrics().stream()
                    .filter(name -> !MetricList.knows(name))
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
  void shouldNotKnowAMetricThatIsMisspelt(String promQl) {
    assertThat(new Expression("planted", promQl).metrics())
        .anyMatch(name -> !MetricList.knows(name));
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
}
