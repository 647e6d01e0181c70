package dev.skerry.local.registry;

import java.util.List;

/** {@code /config} and {@code /mode}: fixed, for the registry and for each of its subjects. */
final class SettingCalls {

  private static final String CONFIG = "{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}";
  private static final String MODE = "{\"mode\":\"READONLY\"}";

  private final Subjects subjects;

  SettingCalls(Subjects subjects) {
    this.subjects = subjects;
  }

  Answer config(Request request, List<String> rest) {
    return switch (request.method()) {
      case "GET" ->
          read(
              request,
              rest,
              CONFIG,
              40408,
              "Subject '%s' does not have subject-level compatibility configured");
      case "PUT", "DELETE" ->
          rest.size() > 1
              ? Answer.noSuchPath()
              : Answer.readOnly(rest.isEmpty() ? "null" : Subjects.withoutContext(rest.get(0)));
      default -> Answer.noSuchMethod();
    };
  }

  Answer mode(Request request, List<String> rest) {
    return switch (request.method()) {
      case "GET" ->
          read(
              request,
              rest,
              MODE,
              40409,
              "Subject '%s' does not have subject-level mode configured");
      case "PUT", "DELETE" ->
          rest.size() > 1
              ? Answer.noSuchPath()
              : Answer.error(422, 42205, "Mode changes are not allowed");
      default -> Answer.noSuchMethod();
    };
  }

  private Answer read(
      Request request, List<String> rest, String setting, int codeWithout, String without) {
    if (rest.isEmpty()) {
      return Answer.ok(setting);
    }
    if (rest.size() > 1) {
      return Answer.noSuchPath();
    }
    String subject = Subjects.withoutContext(rest.get(0));
    boolean known = subject.isEmpty() || !subjects.versions(subject).isEmpty();
    return known || request.flag("defaultToGlobal")
        ? Answer.ok(setting)
        : Answer.error(404, codeWithout, without.formatted(subject));
  }
}
