package dev.skerry.local.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.schemas.catalogue.Compatibility;
import dev.skerry.schemas.serde.SchemaCatalogue.Entry;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** {@code /compatibility}: whether a schema could be the next version, in both directions. */
final class CompatibilityCalls {

  private final Subjects subjects;

  CompatibilityCalls(Subjects subjects) {
    this.subjects = subjects;
  }

  Answer answer(Request request, List<String> rest) {
    boolean known =
        (rest.size() == 3 || rest.size() == 4)
            && rest.get(0).equals("subjects")
            && rest.get(2).equals("versions");
    if (!known) {
      return Answer.noSuchPath();
    }
    if (!request.method().equals("POST")) {
      return Answer.noSuchMethod();
    }
    String subject = Subjects.withoutContext(rest.get(1));
    return rest.size() == 3
        ? check(request, subjects.versions(subject))
        : againstOne(request, subject, rest.get(3));
  }

  private Answer againstOne(Request request, String subject, String version) {
    Optional<VersionName> name = VersionName.parse(version);
    if (name.isEmpty()) {
      return Answer.invalidVersion(version);
    }
    Optional<Entry> entry = subjects.version(subject, name.get());
    if (entry.isEmpty() && !name.get().isLatest()) {
      return Answer.versionNotFound(name.get().number());
    }
    return check(request, entry.map(List::of).orElse(List.of()));
  }

  private static Answer check(Request request, List<Entry> against) {
    return PostedSchema.read(
        request, (schema, body) -> verdict(schema, against, request.flag("verbose")));
  }

  private static Answer verdict(Schema schema, List<Entry> against, boolean verbose) {
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    for (Entry entry : against) {
      Compatibility.obstaclesBothWays(entry.schema(), schema)
          .forEach(why -> messages.add("version " + entry.version() + ": " + why));
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("is_compatible", messages.isEmpty());
    if (verbose) {
      node.set("messages", messages);
    }
    return Answer.ok(node);
  }
}
