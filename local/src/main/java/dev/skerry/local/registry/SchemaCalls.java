package dev.skerry.local.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.schemas.serde.SchemaCatalogue.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /schemas}: what an id means, and where it is used. */
final class SchemaCalls {

  private final Subjects subjects;

  SchemaCalls(Subjects subjects) {
    this.subjects = subjects;
  }

  Answer answer(Request request, List<String> rest) {
    if (!request.method().equals("GET")) {
      return Answer.noSuchMethod();
    }
    if (rest.isEmpty()) {
      return list(request);
    }
    if (rest.get(0).equals("types") && rest.size() == 1) {
      return Answer.ok("[\"AVRO\"]");
    }
    if (rest.get(0).equals("ids") && (rest.size() == 2 || rest.size() == 3)) {
      return id(rest.get(1))
          .map(id -> ofId(request, id, rest.size() == 2 ? "" : rest.get(2)))
          .orElseGet(Answer::noSuchPath);
    }
    return Answer.noSuchPath();
  }

  private Answer list(Request request) {
    String prefix = Subjects.withoutContext(request.query().getOrDefault("subjectPrefix", ""));
    List<Entry> asked = new ArrayList<>();
    for (String subject : subjects.names()) {
      if (subject.startsWith(prefix)) {
        List<Entry> versions = subjects.versions(subject);
        asked.addAll(
            request.flag("latestOnly")
                ? versions.subList(versions.size() - 1, versions.size())
                : versions);
      }
    }
    return Pages.of(request, asked, SubjectCalls::describe);
  }

  private Answer ofId(Request request, int id, String view) {
    List<Entry> entries = subjects.withId(id);
    if (entries.isEmpty()) {
      return Answer.schemaNotFound(id);
    }
    String schema = entries.get(0).schema().toString();
    return switch (view) {
      case "" -> Answer.ok(describe(request, schema));
      case "schema" -> Answer.ok(schema);
      case "subjects" ->
          Pages.of(
              request,
              entries.stream().map(Entry::subject).distinct().toList(),
              JsonNodeFactory.instance::textNode);
      case "versions" -> Pages.of(request, of(entries, request), SchemaCalls::subjectVersion);
      default -> Answer.noSuchPath();
    };
  }

  private ObjectNode describe(Request request, String schema) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("schema", schema);
    node.put("schemaType", "AVRO");
    if (request.flag("fetchMaxId")) {
      node.put("maxId", subjects.largestId());
    }
    return node;
  }

  private static List<Entry> of(List<Entry> entries, Request request) {
    String subject = Subjects.withoutContext(request.query().getOrDefault("subject", ""));
    return entries.stream()
        .filter(entry -> subject.isEmpty() || entry.subject().equals(subject))
        .toList();
  }

  private static ObjectNode subjectVersion(Entry entry) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("subject", entry.subject());
    node.put("version", entry.version());
    return node;
  }

  private static Optional<Integer> id(String text) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
