package dev.skerry.aggregator.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;

/**
 * One stream of one site: what has an event time of its own.
 *
 * @param stream empty where it is not known
 */
public record StreamId(String siteId, String stream) {

  /** The partition of partial sums in which all of the stream comes together. */
  Optional<Set<Integer>> partition(int partitions) {
    int hash = Utils.murmur2(toKey().getBytes(UTF_8));
    return Optional.of(Set.of(Utils.toPositive(hash) % partitions));
  }

  /** As a key of a store. */
  String toKey() {
    return siteId + '\0' + stream;
  }
}
