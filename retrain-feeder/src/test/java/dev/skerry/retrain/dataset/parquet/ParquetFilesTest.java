package dev.skerry.retrain.dataset.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFilesTest {

  @SuppressWarnings("ArrayRecordComponent")
  private record Row(String text, int number, long atMillis, float[] values, byte[] bytes) {}

  private static final List<Column<Row>> COLUMNS =
      List.of(
          Column.text("text", Row::text),
          Column.int32("number", Row::number),
          Column.time("at", Row::atMillis),
          Column.floats("values", Row::values),
          Column.bytes("bytes", Row::bytes),
          Column.float32("half", row -> row.number() / 2.0),
          Column.float64("third", row -> row.number() / 3.0),
          Column.int64("large", row -> row.number() * 10_000_000_000L));

  @TempDir private Path dir;

  @Test
  void shouldBeReadByDuckDbAsWritten() throws Exception {
    List<Row> rows = rows(5_000);
    Path file = write("a.parquet", rows);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet read =
            statement.executeQuery(
                "SELECT text, number, \"at\", \"values\", octet_length(bytes) AS size, half, third, large"
                    + " FROM read_parquet('"
                    + file
                    + "')")) {
      for (Row row : rows) {
        assertThat(read.next()).isTrue();
        assertThat(read.getString("text")).isEqualTo(row.text());
        assertThat(read.getInt("number")).isEqualTo(row.number());
        assertThat(read.getObject("at", java.time.OffsetDateTime.class).toInstant())
            .isEqualTo(Instant.ofEpochMilli(row.atMillis()));
        assertThat(floats(read.getArray("values"))).containsExactly(row.values());
        assertThat(read.getInt("size")).isEqualTo(row.bytes().length);
        assertThat(read.getFloat("half")).isEqualTo(row.number() / 2f);
        assertThat(read.getDouble("third")).isEqualTo(row.number() / 3.0);
        assertThat(read.getLong("large")).isEqualTo(row.number() * 10_000_000_000L);
      }
      assertThat(read.next()).isFalse();
    }
  }

  @Test
  void shouldReadWhatItWrote() throws IOException {
    List<Row> rows = rows(5_000);
    Path file = write("a.parquet", rows);
    List<String> texts = new ArrayList<>();
    List<float[]> values = new ArrayList<>();
    List<byte[]> bytes = new ArrayList<>();
    try (ParquetReader reader = ParquetReader.open(file)) {
      assertThat(reader.rows()).isEqualTo(rows.size());
      while (reader.hasNextGroup()) {
        ParquetReader.Group group = reader.nextGroup();
        texts.addAll(List.of(group.texts("text")));
        values.addAll(List.of(group.floatLists("values")));
        bytes.addAll(List.of(group.bytes("bytes")));
      }
    }
    assertThat(texts).isEqualTo(rows.stream().map(Row::text).toList());
    for (int row = 0; row < rows.size(); row++) {
      assertThat(values.get(row)).containsExactly(rows.get(row).values());
      assertThat(bytes.get(row)).containsExactly(rows.get(row).bytes());
    }
  }

  @Test
  void shouldGiveTheSameBytesForTheSameRows() throws IOException {
    assertThat(write("a.parquet", rows(300))).hasSameBinaryContentAs(write("b.parquet", rows(300)));
  }

  @Test
  void shouldNameAFileThatItDidNotWrite() throws IOException {
    Path file = Files.writeString(dir.resolve("no.parquet"), "PAR1 and nothing of the kind PAR1");
    assertThatThrownBy(() -> ParquetReader.open(file).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no.parquet is no Parquet file that Skerry wrote");
  }

  private Path write(String name, List<Row> rows) throws IOException {
    Path file = dir.resolve(name);
    try (ParquetWriter<Row> writer = ParquetWriter.create(file, COLUMNS)) {
      for (Row row : rows) {
        writer.write(row);
      }
    }
    return file;
  }

  private static List<Row> rows(int count) {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] values = new float[random.nextInt(6)];
      for (int v = 0; v < values.length; v++) {
        values[v] = random.nextFloat();
      }
      byte[] bytes = new byte[random.nextInt(9)];
      random.nextBytes(bytes);
      rows.add(new Row("text \u00e4 " + i, i, 1_700_000_000_000L + i, values, bytes));
    }
    return rows;
  }

  private static float[] floats(Array array) throws Exception {
    Object[] objects = (Object[]) array.getArray();
    float[] floats = new float[objects.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (Float) objects[i];
    }
    return floats;
  }
}
