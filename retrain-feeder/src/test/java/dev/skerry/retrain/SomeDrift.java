package dev.skerry.retrain;

import dev.skerry.schemas.DriftReport;
import dev.skerry.schemas.DriftSubject;
import dev.skerry.schemas.serde.AvroEncoder;
import java.time.Instant;
import java.util.List;

/** Reports on drift for tests: what is not said is the same for all. */
public final class SomeDrift {

  private static final Instant WINDOW_START = Instant.parse("2026-03-01T12:00:00Z");

  private SomeDrift() {}

  /** What a site says of a stream, as the topic holds it. */
  public static byte[] report(String site, String stream, boolean drifting) {
    DriftReport report =
        DriftReport.newBuilder()
            .setSiteId(site)
            .setStream(stream)
            .setModel("machine-state")
            .setModelVersion("1")
            .setWindowStart(WINDOW_START)
            .setWindowEnd(WINDOW_START.plusSeconds(300))
            .setSubject(DriftSubject.SCORES)
            .setName("normal")
            .setCount(1_000)
            .setEdges(List.of(0.5))
            .setReferenceShares(List.of(0.2, 0.8))
            .setObservedShares(List.of(0.8, 0.2))
            .setPopulationStabilityIndex(1.66)
            .setThreshold(0.25)
            .setDriftedWindows(drifting ? 3 : 0)
            .setDrifting(drifting)
            .build();
    return new AvroEncoder<>(DriftReport.class).encode(report);
  }
}
