package dev.skerry.schemas.golden;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * A value for each schema, made of its fields' names: small, with the first branch of each union
 * and empty lists, or full, with the last branch and something in each list.
 */
record Samples(boolean full) {

  @Nullable Object of(Schema schema, String name) {
    return switch (schema.getType()) {
      case RECORD -> record(schema);
      case ENUM ->
          new GenericData.EnumSymbol(
              schema, schema.getEnumSymbols().get(full ? schema.getEnumSymbols().size() - 1 : 0));
      case ARRAY ->
          IntStream.range(0, full ? 2 : 0)
              .mapToObj(i -> of(schema.getElementType(), name + i))
              .toList();
      case MAP -> full ? Map.of("ä key", of(schema.getValueType(), name)) : Map.of();
      case UNION -> {
        List<Schema> branches = schema.getTypes();
        yield of(branches.get(full ? branches.size() - 1 : 0), name);
      }
      case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
      case STRING -> text(schema, name);
      case BYTES -> ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8));
      case INT -> full ? -name.length() : name.length();
      case LONG -> schema.getLogicalType() == null ? long64(name) : 1_767_355_200_123L;
      case FLOAT -> full ? -1.5f * name.length() : 0.1f;
      case DOUBLE -> full ? 1e-3 / 3 : 2.0;
      case BOOLEAN -> full;
      case NULL -> null;
    };
  }

  private GenericData.Record record(Schema schema) {
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), of(field.schema(), field.name()));
    }
    return record;
  }

  private String text(Schema schema, String name) {
    return schema.getLogicalType() == null
        ? name + (full ? " – ümläut 輪" : "")
        : "5b1d3f0e-8d6a-5c57-9a53-2f6f0b9d4c11";
  }

  private long long64(String name) {
    return full ? Long.MIN_VALUE + name.length() : name.length();
  }
}
