package dev.skerry.service.streams;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/** The topics that a topology reads, repartition topics included. */
final class SourceTopics {

  private static final String REPARTITION = "-repartition";

  private SourceTopics() {}

  static Set<String> of(String applicationId, Topology topology) {
    return topology.describe().subtopologies().stream()
        .flatMap(subtopology -> subtopology.nodes().stream())
        .filter(TopologyDescription.Source.class::isInstance)
        .flatMap(source -> ((TopologyDescription.Source) source).topicSet().stream())
        .map(topic -> fullName(applicationId, topic))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String fullName(String applicationId, String topic) {
    boolean bare = topic.endsWith(REPARTITION) && !topic.startsWith(applicationId + "-");
    return bare ? applicationId + "-" + topic : topic;
  }
}
