package dev.skerry.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TopicManifestsTest {

  private static final Path K8S = Path.of("..", "k8s", "base");

  @Test
  void shouldBeTheTopicsOfTheEdgeManifests() throws IOException {
    assertThat(K8S.resolve("edge/020-topics.yaml")).hasContent(TopicManifests.edge());
  }

  @Test
  void shouldBeTheTopicsOfTheCloudManifests() throws IOException {
    assertThat(K8S.resolve("cloud/020-topics.yaml")).hasContent(TopicManifests.cloud());
    assertThat(Files.readString(K8S.resolve("cloud/020-topics.yaml")))
        .doesNotContain("name: telemetry\n");
  }
}
