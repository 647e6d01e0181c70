package dev.skerry.aggregator.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.LedgerEntry;
import dev.skerry.schemas.LedgerKey;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** One topic of one site: what has an append time of its own. */
record SiteTopic(String siteId, String topic) {

  /** As a key of a store. */
  String toKey() {
    return siteId + '\0' + topic;
  }

  /** Brings all that is counted of a topic of a site together, so that one clock can follow it. */
  static StreamPartitioner<LedgerKey, LedgerEntry> partitioner() {
    return (topic, key, value, partitions) -> {
      SiteTopic stream = new SiteTopic(key.getSiteId(), key.getTopic());
      int hash = Utils.murmur2(stream.toKey().getBytes(UTF_8));
      return Optional.of(Set.of(Utils.toPositive(hash) % partitions));
    };
  }
}
