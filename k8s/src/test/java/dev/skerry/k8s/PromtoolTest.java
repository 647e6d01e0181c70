package dev.skerry.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own tool reads rules, their tests and what dashboards ask. Needs promtool. */
class PromtoolTest {

  @BeforeAll
  static void requirePromtool() throws Exception {
    boolean isThere = false;
    try {
      isThere = promtool(List.of("--version")).code() == 0;
    } catch (IOException e) {
      System.err.println(
          "SKIPPED: Prometheus rules, their tests and dashboards: " + e.getMessage());
    }
    assumeTrue(isThere, "promtool is not installed");
  }

  @Test
  void shouldFireAlertsWhenTheirTestsSay() throws Exception {
    assertPasses(List.of("check", "rules"), files(Expression.RULES));
    assertPasses(List.of("test", "rules"), files(Expression.RULES.resolve("test")));
  }

  /** Each expression of a panel as if it were recorded; Grafana's variables are durations. */
  @Test
  void shouldParseWhatDashboardsAsk(@TempDir Path dir) throws Exception {
    YAMLMapper yaml = new YAMLMapper();
    ObjectNode file = yaml.createObjectNode();
    ArrayNode rules = file.putArray("groups").addObject().put("name", "panels").putArray("rules");
    List<Expression> panels = Expression.ofDashboards();
    for (int i = 0; i < panels.size(); i++) {
      String promQl = panels.get(i).promQl().replaceAll("\\$__(rate_)?interval", "5m");
      rules.addObject().put("record", "panel:" + i).put("expr", promQl);
    }
    Path recorded = dir.resolve("panels.yaml");
    yaml.writeValue(recorded.toFile(), file);
    assertPasses(List.of("check", "rules"), List.of(recorded.toString()));
  }

  @Test
  void shouldFindAPlantedError(@TempDir Path dir) throws Exception {
    String rules = Files.readString(Expression.RULES.resolve("link.yaml"));
    Path planted =
        Files.writeString(
            dir.resolve("planted.yaml"),
            rules.replace("skerry_link_up == 0", "skerry_link_up = 0"));
    assertThat(promtool(List.of("check", "rules", planted.toString())).code()).isNotZero();
  }

  private record Said(int code, String text) {}

  private static void assertPasses(List<String> command, List<String> files) throws Exception {
    List<String> all = new ArrayList<>(command);
    all.addAll(files);
    Said said = promtool(all);
    assertThat(said.code()).as(said.text()).isZero();
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(Path::toString).filter(file -> file.endsWith(".yaml")).sorted().toList();
    }
  }

  private static Said promtool(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(arguments);
    Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(promtool.waitFor(), said);
  }
}
