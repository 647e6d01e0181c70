package dev.skerry.retrain.labels;

import dev.skerry.schemas.Label;
import dev.skerry.schemas.RetrainingSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The newest samples and what is known to be true of them, as the topics say. Holds so many samples
 * and as many labels again of samples that it has not seen, no more. Thread-safe.
 */
final class SampleIndex {

  private final int capacity;
  private final NavigableMap<Long, ListedSample> byNumber = new TreeMap<>();
  private final Map<UUID, Long> numbers = new LinkedHashMap<>();
  private final Map<UUID, Known> labels = new LinkedHashMap<>();
  private long next;

  /** A page of samples, the newest first, and the number to go on before; empty at the end. */
  record Page(List<Entry> entries, Optional<Long> before) {}

  /** A sample and its label, also one that says it is unusable or withdrawn. */
  record Entry(ListedSample sample, Optional<Label> label) {}

  /** A label and where its record is: of two the later one holds. */
  private record Known(Label label, Place place) {
    boolean isLaterThan(Place other) {
      return place.partition() == other.partition() && place.offset() > other.offset();
    }
  }

  /** How many samples are in each state. */
  record Counts(long unlabelled, long labelled, long unusable) {}

  SampleIndex(int capacity) {
    this.capacity = capacity;
  }

  /** Takes note of a sample; returns whether it is new and nothing is known of it. */
  synchronized boolean add(Place place, RetrainingSample sample) {
    Long known = numbers.get(sample.getSampleId());
    if (known != null) {
      return false;
    }
    ListedSample listed = ListedSample.of(next++, place, sample);
    byNumber.put(listed.number(), listed);
    numbers.put(listed.sampleId(), listed.number());
    if (byNumber.size() > capacity) {
      ListedSample oldest = byNumber.pollFirstEntry().getValue();
      numbers.remove(oldest.sampleId());
      labels.remove(oldest.sampleId());
    }
    return !labels.containsKey(listed.sampleId());
  }

  /**
   * Takes note of a label, which replaces those of the same sample before it in the topic; those
   * written here are known before they are read.
   */
  synchronized void add(Place place, Label label) {
    Known known = labels.get(label.getSampleId());
    if (known != null && known.isLaterThan(place)) {
      return;
    }
    labels.remove(label.getSampleId());
    labels.put(label.getSampleId(), new Known(label, place));
    if (labels.size() > 2L * capacity) {
      labels.keySet().stream()
          .filter(id -> !numbers.containsKey(id))
          .findFirst()
          .ifPresent(labels::remove);
    }
  }

  /** Forgets the label of a sample, as a tombstone says. */
  synchronized void removeLabel(UUID sampleId) {
    labels.remove(sampleId);
  }

  synchronized Optional<Entry> find(UUID sampleId) {
    return Optional.ofNullable(numbers.get(sampleId)).map(byNumber::get).map(this::entry);
  }

  /** The newest that are asked for. */
  synchronized Page page(SampleQuery query) {
    List<Entry> page = new ArrayList<>();
    NavigableMap<Long, ListedSample> older = byNumber.headMap(query.before(), false);
    for (ListedSample sample : older.descendingMap().values()) {
      Entry entry = entry(sample);
      if (query.asksFor(entry)) {
        if (page.size() == query.limit()) {
          return new Page(page, Optional.of(page.get(page.size() - 1).sample().number()));
        }
        page.add(entry);
      }
    }
    return new Page(page, Optional.empty());
  }

  /** How many samples of a stream, or of all where it is null, are in each state. */
  synchronized Counts counts(@Nullable String stream) {
    long unlabelled = 0;
    long labelled = 0;
    long unusable = 0;
    for (ListedSample sample : byNumber.values()) {
      if (stream == null || stream.equals(sample.stream())) {
        switch (State.of(entry(sample))) {
          case UNLABELLED -> unlabelled++;
          case LABELLED -> labelled++;
          case UNUSABLE -> unusable++;
        }
      }
    }
    return new Counts(unlabelled, labelled, unusable);
  }

  /** The classes of each stream: those that models know and those that labels name. */
  synchronized SortedMap<String, Set<String>> classes() {
    SortedMap<String, Set<String>> classes = new TreeMap<>();
    byNumber
        .values()
        .forEach(
            sample -> {
              Set<String> known =
                  classes.computeIfAbsent(sample.stream(), stream -> new TreeSet<>());
              known.addAll(sample.classes());
              entry(sample).label().map(Label::getLabel).ifPresent(known::add);
            });
    return classes;
  }

  private Entry entry(ListedSample sample) {
    return new Entry(sample, Optional.ofNullable(labels.get(sample.sampleId())).map(Known::label));
  }
}
