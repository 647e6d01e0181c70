package dev.skerry.local.registry;

import dev.skerry.schemas.serde.SchemaCatalogue;
import java.util.List;

/**
 * Confluent's schema registry API, version 1, over the catalogue. Requests to answers, no HTTP in
 * it. Thread-safe.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Reference</a>
 */
final class RegistryApi {

  private final SubjectCalls subjects;
  private final SchemaCalls schemas;
  private final SettingCalls settings;
  private final CompatibilityCalls compatibility;

  RegistryApi(SchemaCatalogue catalogue) {
    Subjects index = new Subjects(catalogue);
    this.subjects = new SubjectCalls(index);
    this.schemas = new SchemaCalls(index);
    this.settings = new SettingCalls(index);
    this.compatibility = new CompatibilityCalls(index);
  }

  Answer answer(Request request) {
    List<String> path = request.path();
    if (path.isEmpty()) {
      return onlyGet(request, Answer.ok("{}"));
    }
    List<String> rest = path.subList(1, path.size());
    return switch (path.get(0)) {
      case "subjects" -> subjects.answer(request, rest);
      case "schemas" -> schemas.answer(request, rest);
      case "config" -> settings.config(request, rest);
      case "mode" -> settings.mode(request, rest);
      case "compatibility" -> compatibility.answer(request, rest);
      case "contexts" ->
          rest.isEmpty() ? onlyGet(request, Answer.ok("[\".\"]")) : Answer.noSuchPath();
      case "associations" ->
          Answer.error(
              404, 40410, "Association for '" + path.get(path.size() - 1) + "' not found.");
      default -> Answer.noSuchPath();
    };
  }

  static Answer onlyGet(Request request, Answer answer) {
    return request.method().equals("GET") ? answer : Answer.noSuchMethod();
  }
}
