package dev.skerry.local.mirror;

import dev.skerry.local.topic.Broker;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topic.Flow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The one description of what crosses the link of a site, both ways. Urgent and bulk topics have
 * flows of their own, so that frames never delay aggregates.
 *
 * @param edge the site's broker
 * @param cloud the cloud's broker, as the mirror reaches it
 * @param flows no topic is in two of them: with equal names on both sides, MirrorMaker could not
 *     see that a record goes round
 */
public record MirrorPlan(Broker edge, Broker cloud, List<MirrorFlow> flows) {

  private static final String CLOUD_ALIAS = "cloud";
  private static final List<Flow> MIRRORED = List.of(Flow.URGENT, Flow.BULK);

  /** Refuses a topic that is in two flows. */
  public MirrorPlan {
    flows = List.copyOf(flows);
    Set<String> seen = new HashSet<>();
    for (MirrorFlow flow : flows) {
      for (String topic : flow.topicNames()) {
        if (!seen.add(topic)) {
          throw new IllegalArgumentException(
              topic
                  + " is in two flows, "
                  + flow.name()
                  + " among them: a topic is mirrored once and in one direction");
        }
      }
    }
  }

  /** The flows whose records wait on the site's own disk. */
  public List<MirrorFlow> fromTheEdge() {
    return flows.stream().filter(flow -> flow.source().broker().equals(edge)).toList();
  }

  /** The same between brokers that take anybody, by their addresses. */
  public static MirrorPlan of(String site, String edge, String cloud, LinkUse use) {
    return of(site, Broker.plain(edge), Broker.plain(cloud), use);
  }

  /**
   * What the catalogue marks as mirrored.
   *
   * @param site the site's name at the cloud, unique among all sites that share it
   * @param edge the site's broker
   * @param cloud the cloud's broker, as the mirror reaches it
   * @param use how it uses its link
   */
  public static MirrorPlan of(String site, Broker edge, Broker cloud, LinkUse use) {
    return of(site, edge, cloud, use, use.catalogue());
  }

  static MirrorPlan of(String site, Broker edge, Broker cloud, LinkUse use, List<Topic> catalogue) {
    if (site.equals(CLOUD_ALIAS)) {
      throw new IllegalArgumentException("The site is named " + site + ": give it another name");
    }
    List<MirrorFlow> flows = new ArrayList<>();
    for (Side home : Side.values()) {
      for (Flow kind : MIRRORED) {
        List<Topic> topics = from(home, kind, catalogue);
        if (!topics.isEmpty()) {
          String name = kind.name().toLowerCase(Locale.ROOT);
          // Offsets are kept by the source's alias: each flow has its own.
          String suffix = kind == Flow.BULK ? "-bulk" : "";
          flows.add(
              home == Side.EDGE
                  ? new MirrorFlow(
                      name,
                      new Cluster(site + suffix, edge),
                      new Cluster(CLOUD_ALIAS, cloud),
                      topics,
                      kind == Flow.BULK ? use.bulkBytesPerSecond() : OptionalLong.empty(),
                      use.compression(),
                      use.groups())
                  : new MirrorFlow(
                      name + "-down",
                      new Cluster(CLOUD_ALIAS + suffix, cloud),
                      new Cluster(site, edge),
                      topics,
                      OptionalLong.empty(),
                      use.compression(),
                      List.of()));
        }
      }
    }
    return new MirrorPlan(edge, cloud, flows);
  }

  private static List<Topic> from(Side home, Flow flow, List<Topic> catalogue) {
    return catalogue.stream()
        .filter(topic -> topic.home() == home && topic.flow() == flow)
        .toList();
  }
}
