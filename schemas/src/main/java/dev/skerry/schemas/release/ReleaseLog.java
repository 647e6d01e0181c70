package dev.skerry.schemas.release;

import dev.skerry.schemas.ModelPartKey;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the topic {@code models} says, read record by record from its beginning. Records may come
 * again, and compaction may have left any of them out but the last of each key. Not thread-safe.
 */
public final class ReleaseLog {

  private final TrustedKeys keys;
  private final ReleaseRecord.Reader reader = new ReleaseRecord.Reader();
  private final Map<ReleaseId, Known> releases = new LinkedHashMap<>();

  private record Signed<T extends Statement>(T statement, String keyId) {}

  private static final class Known {
    private @Nullable Signed<Manifest> manifest;
    private @Nullable Signed<Rollout> rollout;
    private @Nullable Signed<Revocation> revocation;
    private @Nullable Signed<Retirement> retirement;
    private final BitSet chunks = new BitSet();
  }

  public ReleaseLog(TrustedKeys keys) {
    this.keys = keys;
  }

  /** What a record has told. */
  public sealed interface Told {}

  /** A statement that counts. */
  public record News(Statement statement) implements Told {}

  /**
   * A statement that does not count.
   *
   * @param reason why, in one sentence
   */
  public record Refusal(ModelPartKey place, String reason) implements Told {}

  /** A piece of a file. */
  public record Piece(ReleaseRecord.Chunk chunk) implements Told {}

  /**
   * Nothing.
   *
   * @param reason why, in one sentence
   */
  public record Nothing(String reason) implements Told {}

  /** Reads a record. */
  public Told accept(ConsumerRecord<byte[], byte[]> record) {
    ReleaseRecord read = reader.read(record.key(), record.value());
    if (read instanceof ReleaseRecord.Stated stated) {
      return state(stated);
    }
    if (read instanceof ReleaseRecord.Chunk chunk) {
      known(chunk.release()).chunks.set(chunk.number(), chunk.data().hasRemaining());
      return new Piece(chunk);
    }
    return new Nothing(((ReleaseRecord.Unreadable) read).reason());
  }

  private Told state(ReleaseRecord.Stated stated) {
    TrustedKeys.Checked checked = keys.check(stated.place(), stated.signed());
    if (checked instanceof TrustedKeys.Refused refused) {
      return new Refusal(stated.place(), refused.reason());
    }
    TrustedKeys.Valid valid = (TrustedKeys.Valid) checked;
    return put(valid.statement(), valid.keyId())
        ? new News(valid.statement())
        : new Nothing("a later statement is known");
  }

  /** Of two of a kind the later one holds: whoever can write an old one again changes nothing. */
  private boolean put(Statement statement, String keyId) {
    if (statement instanceof KeyRevocation) {
      keys.revoke(keyId);
      return true;
    }
    Known known = known(statement.release());
    if (statement instanceof Manifest manifest && isNews(known.manifest, manifest)) {
      known.manifest = new Signed<>(manifest, keyId);
    } else if (statement instanceof Rollout rollout && isNews(known.rollout, rollout)) {
      known.rollout = new Signed<>(rollout, keyId);
    } else if (statement instanceof Revocation revocation && isNews(known.revocation, revocation)) {
      known.revocation = new Signed<>(revocation, keyId);
    } else if (statement instanceof Retirement retirement && isNews(known.retirement, retirement)) {
      known.retirement = new Signed<>(retirement, keyId);
    } else {
      return false;
    }
    return true;
  }

  private boolean isNews(@Nullable Signed<? extends Statement> before, Statement now) {
    return before == null
        || !keys.isTrusted(before.keyId())
        || now.issuedAtMillis() >= before.statement().issuedAtMillis();
  }

  private Known known(ReleaseId release) {
    return releases.computeIfAbsent(release, made -> new Known());
  }

  /** Every release that somebody who is trusted has stated, the oldest first. */
  public List<Release> releases() {
    return releases.values().stream()
        .map(this::release)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparingLong(release -> release.manifest().issuedAtMillis()))
        .toList();
  }

  /** One of them. */
  public Optional<Release> release(ReleaseId id) {
    Known known = releases.get(id);
    return known == null ? Optional.empty() : release(known);
  }

  private Optional<Release> release(Known known) {
    Signed<Manifest> manifest = known.manifest;
    if (manifest == null || !keys.isTrusted(manifest.keyId())) {
      return Optional.empty();
    }
    int chunks = manifest.statement().chunks();
    return Optional.of(
        new Release(
            manifest.statement(),
            manifest.keyId(),
            trusted(known.rollout),
            // What was taken back stays so, whatever becomes of the key.
            Optional.ofNullable(known.revocation).map(Signed::statement),
            trusted(known.retirement),
            known.chunks.get(1, chunks + 1).cardinality()));
  }

  private <T extends Statement> Optional<T> trusted(@Nullable Signed<T> signed) {
    return Optional.ofNullable(signed)
        .filter(found -> keys.isTrusted(found.keyId()))
        .map(Signed::statement);
  }

  /** Whether a release was taken back, also where nothing else is known of it. */
  public boolean isRevoked(ReleaseId id) {
    Known known = releases.get(id);
    return known != null && known.revocation != null;
  }
}
