package dev.skerry.local.schemas;

import dev.skerry.local.schemas.SchemaFields.FieldText;
import dev.skerry.schemas.catalogue.Compatibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * What changed from one schema to another, field by field, and who can read whom.
 *
 * @param changes one line each: {@code +} added, {@code -} removed, {@code ~} changed
 * @param newReadsOld why the newer cannot read records of the older; empty where it can
 * @param oldReadsNew why the older cannot read records of the newer; empty where it can
 */
record SchemaDiff(List<String> changes, List<String> newReadsOld, List<String> oldReadsNew) {

  static SchemaDiff between(Schema older, Schema newer) {
    return new SchemaDiff(
        changes(SchemaFields.of(older), SchemaFields.of(newer)),
        Compatibility.obstacles(newer, older),
        Compatibility.obstacles(older, newer));
  }

  boolean isFullyCompatible() {
    return newReadsOld.isEmpty() && oldReadsNew.isEmpty();
  }

  private static List<String> changes(Map<String, FieldText> older, Map<String, FieldText> newer) {
    List<String> lines = new ArrayList<>();
    older.forEach(
        (path, was) -> {
          FieldText is = newer.get(path);
          if (is == null) {
            lines.add("- " + path + ": " + was.type());
          } else if (!is.type().equals(was.type())) {
            lines.add("~ " + path + ": " + was.type() + " -> " + is.type());
          } else if (!is.doc().equals(was.doc())) {
            lines.add(
                "~ " + path + ": documentation, \"" + was.doc() + "\" -> \"" + is.doc() + "\"");
          }
        });
    newer.forEach(
        (path, is) -> {
          if (!older.containsKey(path)) {
            lines.add("+ " + path + ": " + is.type());
          }
        });
    return lines;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    if (changes.isEmpty()) {
      text.append("no field differs\n");
    }
    changes.forEach(line -> text.append(line).append('\n'));
    verdict(text, "new readers read old records", newReadsOld);
    verdict(text, "old readers read new records", oldReadsNew);
    return text.toString();
  }

  private static void verdict(StringBuilder text, String question, List<String> obstacles) {
    text.append(question).append(obstacles.isEmpty() ? ": yes\n" : ": NO\n");
    obstacles.forEach(why -> text.append("  ").append(why).append('\n'));
  }
}
