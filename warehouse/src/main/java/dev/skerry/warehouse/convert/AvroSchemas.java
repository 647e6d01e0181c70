package dev.skerry.warehouse.convert;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Compiles Avro schemas into what turns their values into Connect's, once per schema.
 *
 * <p>Defaults are left out on purpose: Connect would show them in place of a null that was written.
 */
final class AvroSchemas {

  private final Deque<String> within = new ArrayDeque<>();

  private AvroSchemas() {}

  /**
   * What turns values of a schema into Connect's.
   *
   * @throws DataException for a schema that contains itself: Connect has no such schemas
   */
  static FromAvro compile(Schema schema) {
    return new AvroSchemas().compile(schema, /* optional= */ false);
  }

  private FromAvro compile(Schema schema, boolean optional) {
    return switch (schema.getType()) {
      case RECORD -> record(schema, optional);
      case ARRAY -> array(schema, optional);
      case MAP -> map(schema, optional);
      case UNION -> union(schema, optional);
      default -> AvroScalars.compile(schema, optional);
    };
  }

  private FromAvro record(Schema schema, boolean optional) {
    if (within.contains(schema.getFullName())) {
      throw new DataException(
          schema.getFullName() + " contains itself, and Kafka Connect has no such schemas");
    }
    within.push(schema.getFullName());
    SchemaBuilder builder = SchemaBuilder.struct().name(schema.getFullName());
    List<FromAvro> members = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      FromAvro member = compile(field.schema(), /* optional= */ false);
      members.add(member);
      builder.field(field.name(), member.schema());
    }
    within.pop();
    return new RecordValues(finish(builder, optional), List.copyOf(members));
  }

  private FromAvro array(Schema schema, boolean optional) {
    FromAvro element = compile(schema.getElementType(), /* optional= */ false);
    return new ArrayValues(finish(SchemaBuilder.array(element.schema()), optional), element);
  }

  private FromAvro map(Schema schema, boolean optional) {
    FromAvro value = compile(schema.getValueType(), /* optional= */ false);
    SchemaBuilder builder =
        SchemaBuilder.map(org.apache.kafka.connect.data.Schema.STRING_SCHEMA, value.schema());
    return new MapValues(finish(builder, optional), value);
  }

  /** A union with one type besides null is that type, optional; others are a field for each. */
  private FromAvro union(Schema schema, boolean optional) {
    boolean nullable = optional || schema.isNullable();
    List<Schema> branches =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    if (branches.size() == 1) {
      return compile(branches.get(0), nullable);
    }
    SchemaBuilder builder = SchemaBuilder.struct().name(LogicalNames.UNION);
    List<FromAvro> members = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Schema branch : branches) {
      FromAvro member = compile(branch, /* optional= */ true);
      String name = LogicalNames.branch(branch);
      members.add(member);
      builder.field(
          names.add(name) ? name : branch.getFullName().replace('.', '_'), member.schema());
    }
    return new UnionValues(finish(builder, nullable), schema, positions(schema), members);
  }

  /** Which member stands for the nth type of a union; -1 for null. */
  private static List<Integer> positions(Schema union) {
    List<Integer> positions = new ArrayList<>();
    int next = 0;
    for (Schema branch : union.getTypes()) {
      positions.add(branch.getType() == Schema.Type.NULL ? -1 : next++);
    }
    return List.copyOf(positions);
  }

  static org.apache.kafka.connect.data.Schema finish(SchemaBuilder builder, boolean optional) {
    return (optional ? builder.optional() : builder.required()).build();
  }

  private record RecordValues(org.apache.kafka.connect.data.Schema schema, List<FromAvro> members)
      implements FromAvro {

    @Override
    public Object convert(Object value) {
      IndexedRecord from = (IndexedRecord) value;
      Struct struct = new Struct(schema);
      List<Field> fields = schema.fields();
      for (int i = 0; i < members.size(); i++) {
        struct.put(fields.get(i), members.get(i).convertNullable(from.get(i)));
      }
      return struct;
    }
  }

  private record ArrayValues(org.apache.kafka.connect.data.Schema schema, FromAvro element)
      implements FromAvro {

    @Override
    public Object convert(Object value) {
      Collection<?> from = (Collection<?>) value;
      List<@Nullable Object> list = new ArrayList<>(from.size());
      for (Object each : from) {
        list.add(element.convertNullable(each));
      }
      return list;
    }
  }

  private record MapValues(org.apache.kafka.connect.data.Schema schema, FromAvro value)
      implements FromAvro {

    @Override
    public Object convert(Object map) {
      Map<String, @Nullable Object> converted = new LinkedHashMap<>();
      ((Map<?, ?>) map)
          .forEach((key, each) -> converted.put(key.toString(), value.convertNullable(each)));
      return converted;
    }
  }

  private record UnionValues(
      org.apache.kafka.connect.data.Schema schema,
      Schema union,
      List<Integer> positions,
      List<FromAvro> members)
      implements FromAvro {

    @Override
    public Object convert(Object value) {
      int position = positions.get(GenericData.get().resolveUnion(union, value));
      return new Struct(schema)
          .put(schema.fields().get(position), members.get(position).convert(value));
    }
  }
}
