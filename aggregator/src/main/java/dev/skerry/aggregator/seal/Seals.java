package dev.skerry.aggregator.seal;

import dev.skerry.schemas.seal.FleetKey;
import dev.skerry.schemas.seal.InvalidKeyException;
import dev.skerry.schemas.seal.SealCheck;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.service.ConfigException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * The first step over topics that sites share: what a site did not write that it names is counted
 * and goes no further. Without keys everything does.
 *
 * @param keys of the fleet
 * @param revoked keys of sites that count no more
 * @param schemas what is known of the schemas that records were written with
 */
public record Seals(Collection<FleetKey> keys, Set<String> revoked, WriterSchemas schemas) {

  /** Copies the keys. */
  public Seals {
    keys = List.copyOf(keys);
    revoked = Set.copyOf(revoked);
  }

  /** No check at all. */
  public static Seals none(WriterSchemas schemas) {
    return new Seals(List.of(), Set.of(), schemas);
  }

  /**
   * The check that is configured.
   *
   * @throws ConfigException for a file that holds no key of a fleet
   */
  public static Seals of(SealsConfig config, WriterSchemas schemas) {
    Set<String> revoked = Set.copyOf(config.revoked().orElse(List.of()));
    try {
      Seals seals =
          new Seals(SealCheck.readKeys(config.keys().orElse(List.of())), revoked, schemas);
      seals.newCheck(); // Says now what would otherwise be said by a thread of Streams.
      return seals;
    } catch (InvalidKeyException | IllegalArgumentException e) {
      throw new ConfigException("aggregator.seals.keys: " + e.getMessage(), e);
    }
  }

  SealCheck newCheck() {
    return new SealCheck(keys, revoked, schemas);
  }

  /**
   * Adds the step to a topology.
   *
   * @param name of the step
   */
  public KStream<byte[], byte[]> keepForgedOut(
      KStream<byte[], byte[]> records, String name, MeterRegistry registry) {
    return keys.isEmpty()
        ? records
        : records.processValues(() -> new KeepForgedOut(newCheck(), registry), Named.as(name));
  }
}
