package dev.skerry.local.schemas;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A schema as a flat list: the path of each field, and what it holds. */
final class SchemaFields {

  private final Map<String, FieldText> byPath = new LinkedHashMap<>();
  private final Set<String> open = new HashSet<>();

  /**
   * What a field holds.
   *
   * @param type its type, without the fields of records, which have paths of their own
   * @param doc what it means
   */
  record FieldText(String type, String doc) {}

  private SchemaFields() {}

  static Map<String, FieldText> of(Schema schema) {
    SchemaFields fields = new SchemaFields();
    if (schema.getType() != Schema.Type.RECORD) {
      fields.byPath.put("(all)", new FieldText(name(schema), text(schema.getDoc())));
    }
    fields.walk("", schema);
    return fields.byPath;
  }

  private void walk(String path, Schema schema) {
    switch (schema.getType()) {
      case RECORD -> walkRecord(path, schema);
      case ARRAY -> walk(path + "[]", schema.getElementType());
      case MAP -> walk(path + "{}", schema.getValueType());
      case UNION -> schema.getTypes().forEach(branch -> walk(branchPath(path, branch), branch));
      default -> {} // It is in the text of the field that holds it.
    }
  }

  private void walkRecord(String path, Schema schema) {
    if (!open.add(schema.getFullName())) {
      return; // A record inside itself.
    }
    for (Schema.Field field : schema.getFields()) {
      String fieldPath = path.isEmpty() ? field.name() : path + "." + field.name();
      String type = name(field.schema());
      if (field.hasDefaultValue()) {
        type += " = " + defaultText(field);
      }
      byPath.put(fieldPath, new FieldText(type, text(field.doc())));
      walk(fieldPath, field.schema());
    }
    open.remove(schema.getFullName());
  }

  private static String branchPath(String path, Schema branch) {
    return branch.getType() == Schema.Type.RECORD ? path + "." + branch.getName() : path;
  }

  private static String name(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    String suffix = logical == null ? "" : " (" + logical.getName() + ")";
    return switch (schema.getType()) {
      case ARRAY -> "array of " + name(schema.getElementType());
      case MAP -> "map of " + name(schema.getValueType());
      case UNION ->
          schema.getTypes().stream().map(SchemaFields::name).collect(Collectors.joining(" | "));
      case ENUM -> schema.getName() + " " + schema.getEnumSymbols();
      case FIXED -> schema.getName() + "(" + schema.getFixedSize() + " bytes)" + suffix;
      case RECORD -> schema.getName();
      default -> schema.getType().getName() + suffix;
    };
  }

  private static String defaultText(Schema.Field field) {
    Object value = field.defaultVal();
    if (value == JsonProperties.NULL_VALUE) {
      return "null";
    }
    return value instanceof String string ? "\"" + string + "\"" : String.valueOf(value);
  }

  private static String text(@Nullable String doc) {
    return doc == null ? "" : doc;
  }
}
