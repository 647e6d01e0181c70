package dev.skerry.inference.release;

import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.release.ReleaseLog;
import dev.skerry.schemas.release.ReleaseRecord;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From records of {@code models} to files of the cache. Chunks may come before their manifest, or
 * be lost from the cache later: then the topic is read once more from its beginning. Used by one
 * thread.
 */
final class Arrivals {

  private static final Logger log = LoggerFactory.getLogger(Arrivals.class);
  private static final Duration DISK_PAUSE = Duration.ofSeconds(30);

  private final ReleaseLog releases;
  private final ReleaseCache cache;
  private final Predicate<Manifest> wanted;
  private final Outcomes outcomes;
  private final Map<ReleaseId, byte[]> manifestRecords = new HashMap<>();
  private final Map<ReleaseId, Long> announcedAtMillis = new HashMap<>();
  private final Map<ReleaseId, IncomingFile> incoming = new HashMap<>();
  private final Map<ReleaseId, String> refused = new HashMap<>();
  private final Set<ReleaseId> soughtAgain = new HashSet<>();
  private final Map<ReleaseId, Instant> notKept = new HashMap<>();
  private final InstantSource clock;

  /** Who hears what became of releases. */
  interface Outcomes {

    /** A release is whole, verified and kept. */
    void received(Manifest manifest);

    /** A release must not serve. */
    void refused(ReleaseId release, String reason);
  }

  /**
   * Arrivals to a cache.
   *
   * @param wanted whether the site could ever serve a release
   * @param clock says when a release is sought again that the disk did not take
   */
  Arrivals(
      ReleaseLog releases,
      ReleaseCache cache,
      Predicate<Manifest> wanted,
      Outcomes outcomes,
      InstantSource clock) {
    this.releases = releases;
    this.cache = cache;
    this.wanted = wanted;
    this.outcomes = outcomes;
    this.clock = clock;
  }

  /** Takes in one record. */
  void accept(ConsumerRecord<byte[], byte[]> record) {
    ReleaseLog.Told told = releases.accept(record);
    if (told instanceof ReleaseLog.News news) {
      if (news.statement() instanceof Manifest manifest) {
        announce(manifest, record.value());
      }
    } else if (told instanceof ReleaseLog.Piece piece) {
      keep(piece.chunk());
    } else if (told instanceof ReleaseLog.Refusal refusal) {
      ReleaseId id = new ReleaseId(refusal.place().getModel(), refusal.place().getModelVersion());
      outcomes.refused(id, refusal.reason());
    } else {
      log.debug("A record of models is passed over: {}", told);
    }
  }

  private void announce(Manifest manifest, byte[] record) {
    ReleaseId id = manifest.release();
    manifestRecords.put(id, record);
    IncomingFile current = incoming.get(id);
    if (current != null && current.manifest().equals(manifest)) {
      return; // The topic is being read again.
    }
    Long before = announcedAtMillis.put(id, manifest.issuedAtMillis());
    if (before == null || manifest.issuedAtMillis() > before) {
      soughtAgain.remove(id);
      refused.remove(id);
    }
    stop(id);
    if (isMissing(manifest)) {
      begin(manifest, record);
    }
  }

  /** Returns whether the file can come in. */
  private boolean begin(Manifest manifest, byte[] record) {
    try {
      incoming.put(
          manifest.release(), new IncomingFile(manifest, record, cache.incoming(manifest)));
      return true;
    } catch (UncheckedIOException e) {
      setAside(manifest.release(), e);
      return false;
    }
  }

  /** What the disk does not take holds up nothing else, and is read again later. */
  private void setAside(ReleaseId id, UncheckedIOException problem) {
    notKept.put(id, clock.instant().plus(DISK_PAUSE));
    soughtAgain.remove(id);
    try {
      stop(id);
    } catch (UncheckedIOException e) {
      problem.addSuppressed(e);
    }
    log.error(
        "{} cannot be kept, and is read again in {} s. {}: {}",
        id,
        DISK_PAUSE.toSeconds(),
        problem.getMessage(),
        String.valueOf(problem.getCause()));
  }

  /** Whether the disk does not take a release that is wanted here. */
  boolean isHeldUp() {
    return !notKept.isEmpty();
  }

  private boolean isMissing(Manifest manifest) {
    return wanted.test(manifest)
        && !cache.has(manifest)
        && !refused.containsKey(manifest.release());
  }

  private void keep(ReleaseRecord.Chunk chunk) {
    IncomingFile file = incoming.get(chunk.release());
    if (file != null) {
      try {
        file.write(chunk.number(), chunk.data());
        if (file.isWhole()) {
          finish(file);
        }
      } catch (UncheckedIOException e) {
        setAside(chunk.release(), e);
      }
    }
  }

  private void finish(IncomingFile file) {
    Manifest manifest = file.manifest();
    stop(manifest.release());
    String keyId = releases.release(manifest.release()).map(Release::keyId).orElse("");
    Optional<String> other = cache.add(manifest, file.manifestRecord(), keyId);
    notKept.remove(manifest.release());
    if (other.isEmpty()) {
      outcomes.received(manifest);
    } else {
      refuse(
          manifest.release(),
          "the SHA-256 of its file is %s, and its manifest says %s"
              .formatted(other.get(), manifest.sha256()));
    }
  }

  private void refuse(ReleaseId id, String reason) {
    refused.put(id, reason);
    outcomes.refused(id, reason);
  }

  private void stop(ReleaseId id) {
    IncomingFile file = incoming.remove(id);
    if (file != null) {
      file.close();
    }
  }

  /**
   * Whether the topic must be read again from its beginning, since chunks that were passed are
   * missed now. For each release once, until it is announced anew.
   */
  boolean mustReadAgain() {
    boolean again = false;
    for (Release release : releases.releases()) {
      if (release.isWhole()
          && isAwaited(release)
          && isDue(release.id())
          && soughtAgain.add(release.id())) {
        stop(release.id());
        byte[] record = manifestRecords.get(release.id());
        again |= record != null && begin(release.manifest(), record);
      }
    }
    return again;
  }

  private boolean isAwaited(Release release) {
    return release.retirement().isEmpty() && isMissing(release.manifest());
  }

  private boolean isDue(ReleaseId id) {
    Instant due = notKept.get(id);
    return due == null || !clock.instant().isBefore(due);
  }

  /** Lets go of releases that came in part and are of no use any more: something newer serves. */
  void dropUnwanted() {
    notKept.keySet().removeIf(id -> releases.release(id).filter(this::isAwaited).isEmpty());
    for (IncomingFile file : List.copyOf(incoming.values())) {
      if (!wanted.test(file.manifest())) {
        stop(file.manifest().release());
        cache.dropIncoming(file.manifest());
      }
    }
  }

  /** The file of a release is gone; it may be sought once more. */
  void lost(ReleaseId id) {
    soughtAgain.remove(id);
  }

  /** Closes the files that are coming in. */
  void close() {
    incoming.values().forEach(IncomingFile::close);
    incoming.clear();
  }
}
