package dev.skerry.console.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.console.read.Figures;
import dev.skerry.console.read.PartSight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WarehouseTest {

  @Test
  void shouldListTablesWithTheirRowsAndAddTasksUp() {
    Warehouse warehouse =
        of(
            """
            skerry_warehouse_rows{table="drift"} 7
            skerry_warehouse_rows{table="aggregates"} 1.2E3
            skerry_warehouse_newest_seconds{table="aggregates"} 1.7E9
            skerry_warehouse_tasks{connector="skerry-drift",state="running"} 1
            skerry_warehouse_tasks{connector="skerry-aggregates",state="running"} 1
            skerry_warehouse_tasks{connector="skerry-aggregates",state="paused"} 0
            skerry_warehouse_failed_tasks 0
            skerry_warehouse_restarts_total{connector="skerry-drift"} 3
            """);
    assertThat(warehouse.tables())
        .containsExactly(
            new Warehouse.Table("aggregates", 1_200, 1_700_000_000_000L),
            new Warehouse.Table("drift", 7, 0));
    assertThat(warehouse.tasks()).containsExactly(Map.entry("running", 2L));
    assertThat(warehouse.connectors())
        .containsOnlyKeys("skerry-aggregates", "skerry-drift")
        .allSatisfy((name, states) -> assertThat(states).containsExactly(Map.entry("running", 1L)));
    assertThat(warehouse.restarts()).isEqualTo(3);
  }

  @Test
  void shouldNameFailedTasks() {
    assertThat(of("skerry_warehouse_failed_tasks 2\n").tasks()).containsEntry("failed", 2L);
  }

  @Test
  void shouldTellNoWarehouseFromASilentOne() {
    assertThat(Warehouse.of(Optional.empty()).isThere()).isFalse();
    assertThat(of("").isThere()).isTrue();
    assertThat(of("").tables()).isEmpty();
    assertThat(of("").connectors()).isEmpty();
  }

  private static Warehouse of(String metrics) {
    return Warehouse.of(
        Optional.of(
            new PartSight(
                "warehouse",
                PartSight.Health.UP,
                "ok",
                Figures.parse(metrics),
                List.of(),
                Optional.empty())));
  }
}
