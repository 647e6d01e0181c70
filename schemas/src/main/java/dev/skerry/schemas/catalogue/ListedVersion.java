package dev.skerry.schemas.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * One entry as {@code catalogue.json} has it, right or wrong.
 *
 * @param subject topic name with {@code -key} or {@code -value}
 * @param version 1 and up
 * @param id from the {@link IdBlock}
 * @param file the frozen schema, relative to the catalogue
 * @param sha256 of the file's bytes, in hexadecimal
 */
record ListedVersion(String subject, int version, int id, String file, String sha256) {

  private static final Set<String> FIELDS = Set.of("subject", "version", "id", "file", "sha256");

  static ListedVersion of(JsonNode node) {
    return new ListedVersion(
        node.path("subject").asText(),
        node.path("version").asInt(),
        node.path("id").asInt(),
        node.path("file").asText(),
        node.path("sha256").asText());
  }

  /** What is wrong with an entry's fields, before their values mean anything. */
  static List<String> shapeProblems(JsonNode node) {
    List<String> problems = new ArrayList<>();
    for (String text : List.of("subject", "file")) {
      if (!node.path(text).isTextual()) {
        problems.add("the entry " + node + " has no text \"" + text + "\": add it");
      }
    }
    for (String number : List.of("version", "id")) {
      if (!node.path(number).isInt()) {
        problems.add("the entry " + node + " has no whole number \"" + number + "\": add it");
      }
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        problems.add("the entry " + node + " has an unknown field \"" + name + "\": remove it");
      }
    }
    return problems;
  }

  /** How a message names this entry. */
  String where() {
    return subject + " version " + version + " (" + file + ")";
  }
}
