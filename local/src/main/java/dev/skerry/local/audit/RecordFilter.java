package dev.skerry.local.audit;

import java.util.Collection;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Which records of topics that several sites share are looked at. Used by one thread at a time. */
@FunctionalInterface
public interface RecordFilter {

  /** Whether a record of a topic of the catalogue is one of them. */
  boolean takes(ConsumerRecord<byte[], byte[]> record);

  /** All of them; nothing is decoded. */
  static RecordFilter all() {
    return record -> true;
  }

  /** Those of one site. */
  static RecordFilter of(String site) {
    return new SiteFilter(Set.of(site), /* wanted= */ true);
  }

  /** Those of none of these sites. */
  static RecordFilter notOf(Collection<String> sites) {
    return new SiteFilter(Set.copyOf(sites), /* wanted= */ false);
  }
}
