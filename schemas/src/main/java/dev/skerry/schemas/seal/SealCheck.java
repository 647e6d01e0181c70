package dev.skerry.schemas.seal;

import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Says of a record in a shared topic of the cloud whether the site whose name it bears wrote it.
 * Never throws for bad bytes. Not thread-safe.
 */
public final class SealCheck {

  private static final int REMEMBERED_SITES = 10_000;

  private final Map<Integer, FleetKey> keys;
  private final Set<String> revoked;
  private final SiteReader values;
  private final SiteReader keysOfRecords;
  private final Map<String, Mac256> macs =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Mac256> eldest) {
          return size() > REMEMBERED_SITES; // Names are the writer's to choose, memory is not.
        }
      };

  /** What is known of a record. */
  public sealed interface Verdict {

    /** The site wrote it. */
    record Genuine(String site) implements Verdict {}

    /** It names no site, or cannot be read: it is nobody's, and its reader will say so. */
    record Nameless() implements Verdict {}

    /** It bears the name of a site that did not write it, as far as can be known. */
    record Forged(String site, Reason reason) implements Verdict {}
  }

  /** Why a record does not count as its site's. */
  public enum Reason {
    /** It has no seal. */
    UNSEALED,
    /** Its key and its value bear the names of different sites. */
    TWO_SITES,
    /** It was sealed with a key that the fleet does not have. */
    UNKNOWN_KEY,
    /** It was sealed with a key that was taken from the site. */
    REVOKED_KEY,
    /** The seal is not that of the site for this record in this topic. */
    WRONG_SEAL
  }

  /**
   * A check.
   *
   * @param keys the fleet's, with different ids
   * @param revoked keys of sites that count no more, as {@code SITE/ID}
   */
  public SealCheck(Collection<FleetKey> keys, Set<String> revoked, WriterSchemas schemas) {
    this.keys = new HashMap<>();
    for (FleetKey key : keys) {
      if (this.keys.put(key.id(), key) != null) {
        throw new IllegalArgumentException("Two of the fleet's keys have the id " + key.id());
      }
    }
    this.revoked = Set.copyOf(revoked);
    this.values = new SiteReader(schemas);
    this.keysOfRecords = new SiteReader(schemas);
  }

  /** Reads the fleet's keys; throws {@link InvalidKeyException}, which names a file. */
  public static Collection<FleetKey> readKeys(Collection<Path> files) {
    return files.stream().map(FleetKey::read).toList();
  }

  /** Judges one record. */
  public Verdict check(
      String topic, Headers headers, byte @Nullable [] key, byte @Nullable [] value) {
    Optional<String> inKey = siteOfKey(topic, key);
    Optional<String> named = values.siteOf(value).or(() -> inKey);
    if (named.isEmpty()) {
      return new Verdict.Nameless();
    }
    String site = named.get();
    if (!inKey.orElse(site).equals(site)) {
      return new Verdict.Forged(site, Reason.TWO_SITES);
    }
    Optional<Seal> seal = Seal.of(headers);
    Optional<Reason> problem =
        seal.isEmpty()
            ? Optional.of(Reason.UNSEALED)
            : problem(site, seal.get(), topic, key, value);
    return problem.isPresent()
        ? new Verdict.Forged(site, problem.get())
        : new Verdict.Genuine(site);
  }

  /** Takes a record's seal off. */
  public static void strip(Headers headers) {
    headers.remove(Seal.HEADER);
  }

  /** A device's name is no site's, whatever its bytes are. */
  private Optional<String> siteOfKey(String topic, byte @Nullable [] key) {
    boolean isRecord = Topics.named(topic).flatMap(known -> known.key()).isPresent();
    return isRecord ? keysOfRecords.siteOf(key) : Optional.empty();
  }

  private Optional<Reason> problem(
      String site, Seal seal, String topic, byte @Nullable [] key, byte @Nullable [] value) {
    FleetKey fleet = keys.get(seal.keyId());
    if (fleet == null) {
      return Optional.of(Reason.UNKNOWN_KEY);
    }
    String name = site + "/" + seal.keyId();
    if (revoked.contains(name)) {
      return Optional.of(Reason.REVOKED_KEY);
    }
    Mac256 mac = macs.computeIfAbsent(name, absent -> new Mac256(fleet.of(site).secret()));
    return MessageDigest.isEqual(mac.of(topic, key, value), seal.mac())
        ? Optional.empty()
        : Optional.of(Reason.WRONG_SEAL);
  }
}
