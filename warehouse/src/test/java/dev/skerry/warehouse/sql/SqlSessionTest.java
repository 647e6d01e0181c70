package dev.skerry.warehouse.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.skerry.warehouse.TestWarehouse;
import dev.skerry.warehouse.WarehouseConfig;
import dev.skerry.warehouse.catalog.WarehouseCatalog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlSessionTest {

  @TempDir Path directory;
  private WarehouseCatalog catalog;
  private Table table;
  private SqlSession session;

  @BeforeEach
  void openWarehouse() throws Exception {
    catalog = WarehouseCatalog.open(TestWarehouse.config(directory));
    table = TestWarehouse.create(catalog, "aggregates");
    session = SqlSession.open(catalog, /* fetchBytes= */ 0);
  }

  @AfterEach
  void closeWarehouse() throws Exception {
    session.close();
    catalog.close();
  }

  @Test
  void shouldAnswerOverATableWithoutFiles() throws Exception {
    assertThat(session.ask("SELECT count(*) AS n FROM aggregates").rows().get(0))
        .containsExactly(0L);
    assertThat(session.ask("SELECT * FROM aggregates").columns())
        .containsExactly("siteId", "count", "windowStart");
  }

  @Test
  void shouldSeeWhatWasCommittedSinceAndNothingElse() throws Exception {
    TestWarehouse.append(table, "it's [a] site*", 3, 1);
    TestWarehouse.write(table, "it's [a] site*", 100);
    assertThat(session.ask("SELECT siteId, count(*) FROM aggregates GROUP BY ALL").rows())
        .isEqualTo(List.of(List.of("it's [a] site*", 3L)));
    TestWarehouse.append(table, "another", 4, 2);
    assertThat(session.ask("SELECT count(*) FROM aggregates;").rows().get(0)).containsExactly(7L);
  }

  @Test
  void shouldHaveColumnsThatNoFileHasYet() throws Exception {
    TestWarehouse.append(table, "site-1", 1, 1);
    table.updateSchema().addColumn("zone", Types.StringType.get()).commit();
    assertThat(session.ask("SELECT zone, siteId FROM aggregates").rows().get(0))
        .containsExactly(null, "site-1");
  }

  @Test
  void shouldFetchWhatLiesElsewhereUpToALimit() throws Exception {
    WarehouseConfig config =
        TestWarehouse.config(
            directory, "warehouse.catalog.catalog-impl=" + InMemoryCatalog.class.getName());
    try (WarehouseCatalog elsewhere = WarehouseCatalog.open(config);
        SqlSession far = SqlSession.open(elsewhere, config.sql().fetchBytes());
        SqlSession narrow = SqlSession.open(elsewhere, /* fetchBytes= */ 10)) {
      Table there = TestWarehouse.create(elsewhere, "drift");
      TestWarehouse.append(there, "site-1", 3, 1);
      assertThat(far.ask("SELECT count(*) FROM Drift").rows().get(0)).containsExactly(3L);
      TestWarehouse.append(there, "site-1", 4, 2);
      assertThat(far.ask("SELECT count(*) FROM drift").rows().get(0)).containsExactly(7L);

      assertThat(narrow.ask("SHOW TABLES").rows()).isEqualTo(List.of(List.of("drift")));
      assertThatThrownBy(() -> narrow.ask("SELECT count(*) FROM drift"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("warehouse.sql.fetch-bytes");
    }
  }

  @Test
  void shouldWriteTimesInUtc() throws Exception {
    TestWarehouse.append(table, "site-1", 1, 1);
    assertThat(written("SELECT windowStart FROM aggregates", SqlFormat.CSV))
        .isEqualTo("windowStart\r\n2026-03-01T10:00:00Z\r\n");
    assertThat(session.ask("SELECT hour(windowStart) FROM aggregates").rows().get(0))
        .containsExactly(10L);
  }

  @Test
  void shouldWriteATableForPeople() throws Exception {
    TestWarehouse.append(table, "site-1", 2, 1);
    assertThat(written("SELECT siteId, count FROM aggregates ORDER BY count", SqlFormat.TABLE))
        .isEqualToNormalizingNewlines(
            """
            siteId  count
            site-1      0
            site-1      1
            (2 rows)
            """);
  }

  @Test
  void shouldWriteJsonWithItsTypes() throws Exception {
    String sql =
        "SELECT 1 AS n, NULL AS nothing, [1, 2] AS list, {'a': 'b'} AS struct, MAP {'k': 1.5} AS map";
    assertThat(written(sql, SqlFormat.JSON).strip())
        .isEqualTo(
            "{\"n\":1,\"nothing\":null,\"list\":[1,2],\"struct\":{\"a\":\"b\"},\"map\":{\"k\":1.5}}");
  }

  @Test
  void shouldQuoteInCsv() throws Exception {
    assertThat(written("SELECT 'a,\"b\"' AS t, NULL AS n", SqlFormat.CSV))
        .isEqualTo("t,n\r\n\"a,\"\"b\"\"\",\r\n");
  }

  @Test
  void shouldSayWhatIsWrongWithAStatement() {
    assertThatThrownBy(() -> session.ask("SELECT nothing FROM aggregates"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("nothing");
  }

  @Test
  void shouldNameTheTablesWhereOneIsNotThere() throws Exception {
    assertThat(explained("SELECT * FROM nothing"))
        .isEqualTo("There is no table nothing; there are aggregates");
    assertThat(SqlProblem.explained("Table with name a does not exist", List.of()))
        .contains("nothing has reached the cloud");
    assertThat(explained("SELECT nothing FROM aggregates"))
        .startsWith("Binder Error: ")
        .doesNotContain("pending query");
    assertThat(explained("SELEC 1")).startsWith("Parser Error: ");
  }

  private String explained(String sql) {
    return SqlProblem.explained(
        String.valueOf(catchThrowable(() -> session.ask(sql)).getMessage()), session.tables());
  }

  @Test
  void shouldTakeStatementsApartAtTheirSemicolonsAlone() {
    Statements statements = new Statements();
    assertThat(statements.add("SELECT 1; SELECT ';' AS \";\"; -- a; b\nSELECT"))
        .containsExactly("SELECT 1;", " SELECT ';' AS \";\";");
    assertThat(statements.add(" $$;$$ /* ; */\n")).isEmpty();
    assertThat(statements.add(";")).hasSize(1);
    assertThat(statements.rest()).isEmpty();
  }

  private String written(String sql, SqlFormat format) throws SQLException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, UTF_8);
    RowWriter.write(session.ask(sql), format, out);
    out.flush();
    return bytes.toString(UTF_8);
  }
}
