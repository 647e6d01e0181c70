package dev.skerry.local.audit;

import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells sites apart by the first {@code siteId} in the value, depth first. Not thread-safe. */
final class SiteFilter implements RecordFilter {

  private static final String SITE_ID = "siteId";

  private final Map<String, AvroDecoder<? extends SpecificRecord>> decoders = new HashMap<>();
  private final Set<String> sites;
  private final boolean wanted;

  SiteFilter(Set<String> sites, boolean wanted) {
    this.sites = sites;
    this.wanted = wanted;
  }

  @Override
  public boolean takes(ConsumerRecord<byte[], byte[]> record) {
    return site(record).filter(sites::contains).isPresent() == wanted;
  }

  private Optional<String> site(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    Decoded<? extends SpecificRecord> decoded =
        decoders.computeIfAbsent(record.topic(), SiteFilter::decoder).decode(record.value());
    return decoded instanceof Decoded.Value<? extends SpecificRecord> value
        ? site(value.value())
        : Optional.empty();
  }

  private static AvroDecoder<? extends SpecificRecord> decoder(String topic) {
    return new AvroDecoder<>(Topics.named(topic).orElseThrow().value());
  }

  private static Optional<String> site(SpecificRecord record) {
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (field.name().equals(SITE_ID)) {
        return Optional.of(String.valueOf(value));
      }
      if (value instanceof SpecificRecord nested) {
        Optional<String> within = site(nested);
        if (within.isPresent()) {
          return within;
        }
      }
    }
    return Optional.empty();
  }
}
