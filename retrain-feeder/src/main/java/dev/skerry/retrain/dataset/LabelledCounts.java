package dev.skerry.retrain.dataset;

import dev.skerry.schemas.serde.WriterSchemas;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * How many samples of each stream have a label, and what of it is new: kept up with every write, so
 * that nobody has to read the store to know whether it is time to train. Not thread-safe.
 */
public final class LabelledCounts {

  private final Join join;
  private final Map<String, Long> byStream = new HashMap<>();

  /** Reads the store once. */
  public LabelledCounts(SampleStore store, WriterSchemas schemas) {
    this.join = new Join(store, schemas);
    join.each(labelled -> byStream.merge(labelled.stream(), 1L, Long::sum));
  }

  /** What changes the store. */
  @FunctionalInterface
  interface Change {
    void make() throws IOException;
  }

  /** Makes a change to these samples and counts what it made of them. */
  void change(Set<UUID> touched, Change change) throws IOException {
    Set<UUID> ids = new HashSet<>(touched);
    ids.forEach(id -> add(id, -1));
    change.make();
    ids.forEach(id -> add(id, 1));
  }

  /** Samples of a stream that have a label. */
  public long of(String stream) {
    return byStream.getOrDefault(stream, 0L);
  }

  private void add(UUID id, long count) {
    join.find(id).ifPresent(labelled -> byStream.merge(labelled.stream(), count, Long::sum));
  }
}
