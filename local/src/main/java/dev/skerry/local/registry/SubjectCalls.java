package dev.skerry.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.schemas.serde.SchemaCatalogue.Entry;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** {@code /subjects}: what there is, look-ups, and registering what is there already. */
final class SubjectCalls {

  private final Subjects subjects;

  SubjectCalls(Subjects subjects) {
    this.subjects = subjects;
  }

  Answer answer(Request request, List<String> rest) {
    if (rest.isEmpty()) {
      return RegistryApi.onlyGet(request, list(request));
    }
    String subject = Subjects.withoutContext(rest.get(0));
    if (rest.size() == 1) {
      return ofSubject(request, subject);
    }
    if (rest.get(1).equals("versions")) {
      return rest.size() == 2
          ? ofVersions(request, subject)
          : ofVersion(request, subject, rest.subList(2, rest.size()));
    }
    return Answer.noSuchPath();
  }

  private Answer list(Request request) {
    String prefix = request.query().getOrDefault("subjectPrefix", "");
    String name = Subjects.withoutContext(prefix.replaceFirst("^:\\*:", ""));
    List<String> names =
        request.flag("deletedOnly")
            ? List.of()
            : subjects.names().stream().filter(subject -> subject.startsWith(name)).toList();
    return Pages.of(request, names, JsonNodeFactory.instance::textNode);
  }

  private Answer ofSubject(Request request, String subject) {
    return switch (request.method()) {
      case "POST" -> PostedSchema.read(request, (schema, body) -> lookup(subject, schema));
      case "DELETE" -> refusedWrite(subject);
      default -> Answer.noSuchMethod();
    };
  }

  private Answer lookup(String subject, Schema schema) {
    if (subjects.versions(subject).isEmpty()) {
      return Answer.subjectNotFound(subject);
    }
    return subjects
        .lookup(subject, schema)
        .map(entry -> Answer.ok(describe(entry)))
        .orElseGet(Answer::schemaNotFound);
  }

  private Answer ofVersions(Request request, String subject) {
    return switch (request.method()) {
      case "GET" -> versions(request, subject);
      case "POST" -> PostedSchema.read(request, (schema, body) -> register(subject, schema, body));
      default -> Answer.noSuchMethod();
    };
  }

  private Answer versions(Request request, String subject) {
    List<Entry> versions = subjects.versions(subject);
    if (versions.isEmpty()) {
      return Answer.subjectNotFound(subject);
    }
    List<Entry> asked = request.flag("deletedOnly") ? List.of() : versions;
    return Pages.of(request, asked, entry -> JsonNodeFactory.instance.numberNode(entry.version()));
  }

  /** As a registry in read-only mode does it: what is there has its id, the rest is refused. */
  private Answer register(String subject, Schema schema, JsonNode body) {
    Optional<Entry> there = subjects.lookup(subject, schema);
    int askedId = body.path("id").asInt(-1);
    if (there.isEmpty() || (askedId >= 0 && askedId != there.get().id())) {
      return Answer.readOnly(subject);
    }
    return Answer.ok(JsonNodeFactory.instance.objectNode().put("id", there.get().id()));
  }

  private Answer ofVersion(Request request, String subject, List<String> rest) {
    if (request.method().equals("DELETE") && rest.size() == 1) {
      return refusedWrite(subject);
    }
    if (!request.method().equals("GET")) {
      return Answer.noSuchMethod();
    }
    Optional<VersionName> name = VersionName.parse(rest.get(0));
    if (name.isEmpty()) {
      return Answer.invalidVersion(rest.get(0));
    }
    if (subjects.versions(subject).isEmpty()) {
      return Answer.subjectNotFound(subject);
    }
    return subjects
        .version(subject, name.get())
        .map(entry -> view(entry, rest.subList(1, rest.size())))
        .orElseGet(() -> Answer.versionNotFound(name.get().number()));
  }

  private static Answer view(Entry entry, List<String> view) {
    if (view.isEmpty()) {
      return Answer.ok(describe(entry));
    }
    return switch (String.join("/", view)) {
      case "schema" -> Answer.ok(entry.schema().toString());
      case "referencedby" -> Answer.ok("[]");
      default -> Answer.noSuchPath();
    };
  }

  private Answer refusedWrite(String subject) {
    return subjects.versions(subject).isEmpty()
        ? Answer.subjectNotFound(subject)
        : Answer.readOnly(subject);
  }

  static ObjectNode describe(Entry entry) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("subject", entry.subject());
    node.put("version", entry.version());
    node.put("id", entry.id());
    node.put("schemaType", "AVRO");
    node.put("schema", entry.schema().toString());
    return node;
  }
}
