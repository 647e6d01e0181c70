package dev.skerry.schemas.topic;

import java.util.Map;
import java.util.stream.Collectors;

/** The catalogue of topics as Strimzi {@code KafkaTopic} resources. */
public final class TopicManifests {

  private TopicManifests() {}

  /** The topics of a site, for a Strimzi cluster named {@code edge} with one node. */
  public static String edge() {
    return manifests(Side.EDGE, "edge", 1);
  }

  /** The topics of the cloud, for a Strimzi cluster named {@code cloud} with three nodes. */
  public static String cloud() {
    return manifests(Side.CLOUD, "cloud", 3);
  }

  private static String manifests(Side side, String cluster, int replicas) {
    return Topics.at(side).stream()
        .map(
            topic ->
                manifest(topic.name(), cluster, topic.partitions(), replicas, topic.settings(side)))
        .collect(Collectors.joining("---\n"));
  }

  private static String manifest(
      String name, String cluster, int partitions, int replicas, Map<String, String> settings) {
    String config =
        settings.entrySet().stream()
            .map(setting -> "    %s: \"%s\"%n".formatted(setting.getKey(), setting.getValue()))
            .collect(Collectors.joining());
    return """
    apiVersion: kafka.strimzi.io/v1
    kind: KafkaTopic
    metadata:
      name: %s
      labels:
        strimzi.io/cluster: %s
    spec:
      partitions: %d
      replicas: %d
      config:
    %s"""
        .formatted(name, cluster, partitions, replicas, config);
  }
}
