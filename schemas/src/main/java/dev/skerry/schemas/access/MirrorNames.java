package dev.skerry.schemas.access;

import java.util.List;

/**
 * What one flow of the mirror is called at its target, where it keeps its settings and how far it
 * is.
 *
 * @param group of its Connect workers
 * @param topics three, for settings, offsets and status
 * @param connector the connector's name
 */
public record MirrorNames(String group, List<String> topics, String connector) {

  /** Copies the names. */
  public MirrorNames {
    topics = List.copyOf(topics);
  }

  /**
   * As MirrorMaker itself calls them in its dedicated mode.
   *
   * @param source the alias of the flow's source
   */
  public static MirrorNames dedicated(String source) {
    return new MirrorNames(
        source + "-mm2",
        List.of(
            "mm2-configs." + source + ".internal",
            "mm2-offsets." + source + ".internal",
            "mm2-status." + source + ".internal"),
        "MirrorSourceConnector");
  }

  /** As the manifests for Strimzi call them. */
  public static MirrorNames strimzi(String source, String target) {
    String group = source + "-mirror";
    return new MirrorNames(
        group,
        List.of(group + "-configs", group + "-offsets", group + "-status"),
        source + "->" + target + ".MirrorSourceConnector");
  }

  /** Of the leader of its workers, and of its one task. */
  List<String> transactionalIds() {
    return List.of("connect-cluster-" + group, group + "-" + connector + "-0");
  }
}
