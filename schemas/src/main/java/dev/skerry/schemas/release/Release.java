package dev.skerry.schemas.release;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a release. Immutable.
 *
 * @param manifest what is released
 * @param keyId of the key that signed the manifest; empty where none did
 * @param rollout which sites take it; empty: none yet
 * @param revocation that it must not serve
 * @param retirement that no further site takes it
 * @param chunksSeen how many of its chunks are in the topic
 */
public record Release(
    Manifest manifest,
    String keyId,
    Optional<Rollout> rollout,
    Optional<Revocation> revocation,
    Optional<Retirement> retirement,
    int chunksSeen) {

  /** Name and version. */
  public ReleaseId id() {
    return manifest.release();
  }

  /** Whether all of it is in the topic. */
  public boolean isWhole() {
    return chunksSeen == manifest.chunks();
  }

  /** Whether a site takes it now that does not have it yet. */
  public boolean isOfferedTo(String siteId) {
    return revocation.isEmpty()
        && retirement.isEmpty()
        && rollout.filter(found -> found.reaches(siteId)).isPresent();
  }

  /** When the latest of all that is said of it was issued, since the epoch. */
  public long latestMillis() {
    return Stream.of(Optional.of(manifest), rollout, revocation, retirement)
        .flatMap(Optional::stream)
        .mapToLong(Statement::issuedAtMillis)
        .max()
        .orElseThrow();
  }

  /** For people: whole, incomplete, revoked or retired. */
  public String state() {
    if (revocation.isPresent()) {
      return "revoked";
    }
    if (retirement.isPresent()) {
      return "retired";
    }
    return isWhole() ? "whole" : "incomplete";
  }
}
