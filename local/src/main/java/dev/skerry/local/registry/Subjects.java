package dev.skerry.local.registry;

import dev.skerry.schemas.serde.SchemaCatalogue;
import dev.skerry.schemas.serde.SchemaCatalogue.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** The catalogue as a registry sees it: subjects with their versions. Immutable. */
final class Subjects {

  /** How clients write that a subject is in the one context that there is. */
  private static final String DEFAULT_CONTEXT = ":.:";

  private final SortedMap<String, List<Entry>> bySubject = new TreeMap<>();

  Subjects(SchemaCatalogue catalogue) {
    catalogue.entries().stream()
        .sorted(Comparator.comparingInt(Entry::version))
        .forEach(
            entry -> bySubject.computeIfAbsent(entry.subject(), s -> new ArrayList<>()).add(entry));
  }

  static String withoutContext(String subject) {
    return subject.startsWith(DEFAULT_CONTEXT)
        ? subject.substring(DEFAULT_CONTEXT.length())
        : subject;
  }

  List<String> names() {
    return List.copyOf(bySubject.keySet());
  }

  List<Entry> all() {
    return bySubject.values().stream().flatMap(List::stream).toList();
  }

  /** All versions of a subject, the oldest first; none where there is no such subject. */
  List<Entry> versions(String subject) {
    return bySubject.getOrDefault(subject, List.of());
  }

  Optional<Entry> version(String subject, VersionName name) {
    List<Entry> versions = versions(subject);
    return name.isLatest()
        ? versions.stream().reduce((older, newer) -> newer)
        : versions.stream().filter(entry -> entry.version() == name.number()).findFirst();
  }

  List<Entry> withId(int id) {
    return all().stream().filter(entry -> entry.id() == id).toList();
  }

  int largestId() {
    return all().stream().mapToInt(Entry::id).max().orElse(0);
  }

  /**
   * The newest version of the subject with this very schema, or else with the same encoding: what
   * documentation a client left out does not matter to its bytes.
   */
  Optional<Entry> lookup(String subject, Schema schema) {
    List<Entry> newestFirst = new ArrayList<>(versions(subject));
    Collections.reverse(newestFirst);
    String text = schema.toString();
    String canonical = SchemaNormalization.toParsingForm(schema);
    return newestFirst.stream()
        .filter(entry -> entry.schema().toString().equals(text))
        .findFirst()
        .or(
            () ->
                newestFirst.stream()
                    .filter(
                        entry ->
                            SchemaNormalization.toParsingForm(entry.schema()).equals(canonical))
                    .findFirst());
  }
}
