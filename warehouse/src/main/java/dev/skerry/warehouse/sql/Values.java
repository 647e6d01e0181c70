package dev.skerry.warehouse.sql;

import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** DuckDB's values as what every format can write: text, numbers, booleans, lists and maps. */
final class Values {

  private Values() {}

  static @Nullable Object of(@Nullable Object value) throws SQLException {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant().toString();
    }
    if (value instanceof java.sql.Timestamp time) {
      return time.toLocalDateTime().toString();
    }
    if (value instanceof Instant || value instanceof CharSequence) {
      return value.toString();
    }
    return parts(value);
  }

  private static Object parts(Object value) throws SQLException {
    if (value instanceof DuckDBStruct struct) {
      return map(struct.getMap());
    }
    if (value instanceof Struct struct) {
      return list(List.of(struct.getAttributes()));
    }
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    if (value instanceof Array array) {
      return list(java.util.Arrays.asList((Object[]) array.getArray()));
    }
    if (value instanceof Blob blob) {
      return HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
    }
    return value.toString();
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> map) throws SQLException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      values.put(String.valueOf(entry.getKey()), of(entry.getValue()));
    }
    return values;
  }

  private static List<@Nullable Object> list(List<?> list) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>(list.size());
    for (Object each : list) {
      values.add(of(each));
    }
    return values;
  }
}
