package dev.skerry.local.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.console.read.Figures;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkTrafficTest {

  private static final String METRICS =
      """
      skerry_mirror_content_records_total{flow="urgent",topic="aggregates"} 1200.0
      skerry_mirror_content_bytes_total{flow="urgent",topic="aggregates"} 432000.0
      skerry_mirror_batch_bytes_total{flow="urgent",topic="aggregates"} 151200.0
      skerry_mirror_content_records_total{flow="urgent",topic="drift"} 0.0
      skerry_mirror_content_records_total{flow="bulk",topic="telemetry-overflow"} 0.0
      skerry_mirror_content_bytes_total{flow="bulk",topic="telemetry-overflow"} 0.0
      skerry_link_backlog_records{flow="bulk",topic="telemetry-overflow"} 17.0
      skerry_link_backlog_bytes{flow="bulk",topic="telemetry-overflow"} 51000.0
      skerry_link_backlog_seconds{flow="bulk",topic="telemetry-overflow"} 2.5
      skerry_link_room_seconds{flow="bulk",topic="telemetry-overflow"} 86400.0
      """;

  @Test
  void shouldSayWhatARecordTakesOnTheLinkAndWhatWaits() {
    LinkTraffic traffic = LinkTraffic.of(Figures.parse(METRICS));
    assertThat(traffic.topics())
        .containsExactly(
            new LinkTraffic.OfTopic("aggregates", 1200, 432_000, 151_200, 0, 0, 0, 0),
            new LinkTraffic.OfTopic("telemetry-overflow", 0, 0, 0, 17, 51_000, 2.5, 86_400));
    assertThat(traffic.describe())
        .containsExactly(
            "crossed it          records  bytes each  on the link  of that  wait",
            "aggregates          1,200    360         126          35 %",
            "telemetry-overflow  0                                          17 for 2.5 s");
  }

  @Test
  void shouldSayNothingOfAMirrorThatDoesNotAnswer(@TempDir Path dir) throws Exception {
    assertThat(LinkTraffic.ask(dir.resolve("mirror"))).isEmpty();
    Path port = Files.writeString(dir.resolve("other"), "no number");
    assertThat(LinkTraffic.ask(port)).isEmpty();
    assertThat(LinkTraffic.of(Figures.NONE).describe()).isEmpty();
  }
}
