package dev.skerry.ingest.intake;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The identities of the last messages, with what became of each. Bounded: the oldest goes first,
 * except writes that are under way. Not thread-safe.
 */
final class Window {

  private static final CompletableFuture<Receipt> BEFORE =
      CompletableFuture.completedFuture(new Receipt.AlreadyStored());

  /** A device that says so many things with one sequence has lost count of itself. */
  private static final int MAX_OF_ONE_SEQUENCE = 8;

  private final int maxEntries;
  private final Map<SequenceKey, Entry> entries = new LinkedHashMap<>();
  private long evicted;

  Window(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /** One identity; several of one sequence hang on each other, the newest first. */
  private static final class Entry {
    private final long hash;
    private @Nullable Entry older;
    private CompletableFuture<Receipt> outcome;

    Entry(long hash, CompletableFuture<Receipt> outcome, @Nullable Entry older) {
      this.hash = hash;
      this.outcome = outcome;
      this.older = older;
    }

    boolean isPending() {
      return !outcome.isDone() || (older != null && older.isPending());
    }
  }

  /** What becomes or became of the message with this identity; empty where there was none. */
  Optional<CompletableFuture<Receipt>> outcome(SequenceKey key, long hash) {
    for (Entry entry = entries.get(key); entry != null; entry = entry.older) {
      if (entry.hash == hash) {
        return Optional.of(entry.outcome);
      }
    }
    return Optional.empty();
  }

  /** Whether there was a message with this sequence, whatever it said. */
  boolean hasSequence(SequenceKey key) {
    return entries.containsKey(key);
  }

  /** Remembers a message whose write is under way. */
  void begin(SequenceKey key, long hash, CompletableFuture<Receipt> outcome) {
    Entry newest = new Entry(hash, outcome, entries.get(key));
    truncate(newest);
    entries.put(key, newest);
    evict();
  }

  private static void truncate(Entry newest) {
    Entry last = newest;
    for (int i = 1; i < MAX_OF_ONE_SEQUENCE && last.older != null; i++) {
      last = last.older;
    }
    last.older = null;
  }

  /** Remembers a message that was in the topic already. */
  void found(SequenceKey key, long hash) {
    if (outcome(key, hash).isEmpty()) {
      begin(key, hash, BEFORE);
    }
  }

  /** The write is done; what stays is small. */
  void stored(SequenceKey key, long hash) {
    for (Entry entry = entries.get(key); entry != null; entry = entry.older) {
      if (entry.hash == hash) {
        entry.outcome = BEFORE;
      }
    }
  }

  /** Forgets a message that was not written. */
  void forget(SequenceKey key, long hash) {
    Entry left = without(entries.get(key), hash);
    if (left == null) {
      entries.remove(key);
    } else {
      entries.replace(key, left);
    }
  }

  private static @Nullable Entry without(@Nullable Entry entry, long hash) {
    if (entry == null || entry.hash == hash) {
      return entry == null ? null : entry.older;
    }
    return new Entry(entry.hash, entry.outcome, without(entry.older, hash));
  }

  private void evict() {
    Iterator<Entry> oldest = entries.values().iterator();
    while (entries.size() > maxEntries && oldest.hasNext()) {
      if (oldest.next().isPending()) {
        return; // Those behind it are younger; what is under way is bounded elsewhere.
      }
      oldest.remove();
      evicted++;
    }
  }

  /** How many identities went for want of space. */
  long evicted() {
    return evicted;
  }

  int size() {
    return entries.size();
  }
}
