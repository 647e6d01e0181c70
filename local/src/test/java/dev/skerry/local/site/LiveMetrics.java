package dev.skerry.local.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds the list of metrics that alerts and dashboards may ask for to what the parts of a site that
 * is up answer.
 */
final class LiveMetrics {

  private static final Path LIST = Path.of("..", "k8s", "metrics.txt");
  private static final String ELSEWHERE = "elsewhere";
  private static final Pattern NAME = Pattern.compile("^([a-z]\\w*)[{ ]");

  private final SiteFiles files;

  LiveMetrics(SiteFiles files) {
    this.files = files;
  }

  /** Some metrics are there once a part has worked, or what it works with is up. */
  void awaitAllThatAreListed(Duration patience) throws IOException {
    Map<String, Set<String>> listed = listed();
    assertThat(listed).hasSizeGreaterThan(5);
    listed.forEach(
        (part, names) ->
            await()
                .alias("the metrics of " + part)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(missing(part, names)).as(part).isEmpty()));
  }

  private Set<String> missing(String part, Set<String> names) throws IOException {
    Set<String> live = live(part);
    return names.stream()
        .filter(name -> Stream.of("", "_count").noneMatch(ending -> live.contains(name + ending)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> live(String part) throws IOException {
    String port = Files.readString(files.port(part)).strip();
    try (InputStream answer =
        URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .flatMap(line -> NAME.matcher(line).results().map(found -> found.group(1)))
          .collect(Collectors.toSet());
    }
  }

  private static Map<String, Set<String>> listed() throws IOException {
    List<String> lines = Files.readAllLines(LIST);
    return lines.stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split(" ", 2))
        .filter(entry -> !entry[0].equals(ELSEWHERE))
        .collect(
            Collectors.groupingBy(
                entry -> entry[0],
                TreeMap::new,
                Collectors.mapping(entry -> entry[1], Collectors.toSet())));
  }
}
