package dev.skerry.schemas.topic;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The catalogue of topics as Strimzi {@code KafkaTopic} resources. */
public final class TopicManifests {

  private TopicManifests() {}

  /** The topics of a site, for a Strimzi cluster named {@code edge} with one node. */
  public static String edge() {
    return Topics.all().stream()
        .map(topic -> manifest(topic.name(), "edge", topic.partitions(), 1, topic.edgeSettings()))
        .collect(Collectors.joining("---\n"));
  }

  /** The mirrored topics, for a Strimzi cluster named {@code cloud} with three nodes. */
  public static String cloud() {
    List<Topic> mirrored = Topics.mirrored();
    return mirrored.stream()
        .map(topic -> manifest(topic.name(), "cloud", topic.partitions(), 3, topic.cloudSettings()))
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
