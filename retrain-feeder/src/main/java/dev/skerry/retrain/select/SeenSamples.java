package dev.skerry.retrain.select;

import dev.skerry.retrain.sketch.Fingerprint;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What the last {@value #KEPT} samples of each stream look like, in a store, so that the like of
 * them is not taken again. Belongs to one stream task.
 */
final class SeenSamples {

  static final String STORE = "seen-samples";

  /** Of each stream of a site. */
  static final int KEPT = 256;

  private static final char SEPARATOR = '\0';

  private final KeyValueStore<String, byte[]> store;
  private final Likeness likeness;

  /** A sample: of which device and class, when, and what it looks like. */
  private record Seen(long kind, long appendMillis, Fingerprint fingerprint) {

    static Seen of(Contender sample) {
      Claim claim = sample.claim();
      return new Seen(kind(claim), sample.appendMillis(), claim.fingerprint());
    }

    /** Two kinds that fall together by chance cost a sample that looks like another, no more. */
    static long kind(Claim claim) {
      return ((long) claim.deviceId().hashCode() << Integer.SIZE)
          | (claim.ofClass().hashCode() & 0xFFFFFFFFL);
    }

    void write(DataOutputStream out) throws IOException {
      out.writeLong(kind);
      out.writeLong(appendMillis);
      Binary.write(fingerprint, out);
    }

    static Seen read(DataInputStream in) throws IOException {
      return new Seen(in.readLong(), in.readLong(), Binary.readFingerprint(in));
    }
  }

  SeenSamples(KeyValueStore<String, byte[]> store, Likeness likeness) {
    this.store = store;
    this.likeness = likeness;
  }

  /** The store, on disk and logged once a commit. */
  static StoreBuilder<KeyValueStore<String, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  /** Whether a sample of the same device and class looked like it. */
  boolean hasTheLikeOf(Contender candidate) {
    Seen wanted = Seen.of(candidate);
    for (Seen seen : seen(candidate.claim())) {
      if (seen.kind() == wanted.kind()
          && likeness.holds(
              seen.fingerprint(),
              wanted.fingerprint(),
              wanted.appendMillis() - seen.appendMillis())) {
        return true;
      }
    }
    return false;
  }

  /** Takes note of a sample; the oldest of the stream is forgotten where there are too many. */
  void add(Contender sample) {
    Deque<Seen> seen = seen(sample.claim());
    seen.addLast(Seen.of(sample));
    if (seen.size() > KEPT) {
      seen.removeFirst();
    }
    store.put(
        key(sample.claim()),
        Binary.bytes(
            out -> {
              out.writeInt(seen.size());
              for (Seen each : seen) {
                each.write(out);
              }
            }));
  }

  private Deque<Seen> seen(Claim claim) {
    byte[] stored = store.get(key(claim));
    return stored == null ? new ArrayDeque<>() : Binary.read(stored, SeenSamples::read);
  }

  private static Deque<Seen> read(DataInputStream in) throws IOException {
    Deque<Seen> seen = new ArrayDeque<>();
    for (int left = in.readInt(); left > 0; left--) {
      seen.addLast(Seen.read(in));
    }
    return seen;
  }

  private static String key(Claim claim) {
    return claim.siteId() + SEPARATOR + claim.stream();
  }
}
