package dev.skerry.console.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.console.read.Figures;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftTest {

  @Test
  void shouldPutWhatDriftsBeforeWhatHasOnlyMoved() {
    Drift drift =
        Drift.of(
            Figures.parse(
                """
                skerry_drift_psi{stream="vibration",version="1",subject="INPUTS",name="0"} 0.30
                skerry_drift_threshold{stream="vibration",version="1",subject="INPUTS",name="0"} 0.20
                skerry_drift_drifting{stream="vibration",version="1",subject="INPUTS",name="0"} 0
                skerry_drift_psi{stream="vibration",version="1",subject="SCORES",name="normal"} 0.25
                skerry_drift_threshold{stream="vibration",version="1",subject="SCORES",name="normal"} 0.20
                skerry_drift_drifting{stream="vibration",version="1",subject="SCORES",name="normal"} 1
                skerry_drift_psi{stream="surface",version="1",subject="SCORES",name="dent"} 0.15
                skerry_drift_threshold{stream="surface",version="1",subject="SCORES",name="dent"} 0.50
                skerry_drift_drifting{stream="surface",version="1",subject="SCORES",name="dent"} 0
                """));
    assertThat(drift.measured()).isEqualTo(3);
    assertThat(drift.drifting()).isEqualTo(1);
    assertThat(drift.farthest())
        .extracting(Drift.Line::name)
        .containsExactly("normal", "0", "dent");
    assertThat(drift.farthest().get(0).threshold()).isEqualTo(0.2);
  }

  @Test
  void shouldMeasureNothingWhereNobodySays() {
    assertThat(Drift.of(Figures.NONE)).isEqualTo(new Drift(0, 0, List.of()));
  }
}
