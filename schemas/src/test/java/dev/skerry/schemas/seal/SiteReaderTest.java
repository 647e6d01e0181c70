package dev.skerry.schemas.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.serde.WriterSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the golden bytes of every value that the ledger counts. */
class SiteReaderTest {

  private final SiteReader sites = new SiteReader(WriterSchemas.catalogue());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aggregate-v1",
        "drift-report-v1",
        "retraining-sample-v1",
        "telemetry-v1-frame",
        "telemetry-v1-readings",
        "detection-v1"
      })
  void shouldReadTheSiteOfEveryKindOfRecord(String name) throws IOException {
    byte[] golden = golden(name);
    String json = Files.readString(path(name + ".json"));
    String site = json.replaceAll("(?s).*?\"siteId\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    assertThat(sites.siteOf(golden)).contains(site);
    assertThat(sites.siteOf(golden)).contains(site);
  }

  @Test
  void shouldSayNothingWhereTheValueDoesNot() throws IOException {
    assertThat(sites.siteOf(null)).isEmpty();
    assertThat(sites.siteOf(new byte[0])).isEmpty();
    assertThat(sites.siteOf(new byte[] {1, 2, 3, 4, 5, 6})).isEmpty();
    assertThat(sites.siteOf(new byte[] {0, 0, 0, 0, 7, 6})).isEmpty();
    assertThat(sites.siteOf(golden("label-v1"))).isEmpty();
  }

  @Test
  void shouldSurviveEveryTruncation() throws IOException {
    byte[] golden = golden("retraining-sample-v1");
    String site = sites.siteOf(golden).orElseThrow();
    for (int length = 0; length < golden.length; length++) {
      assertThat(sites.siteOf(Arrays.copyOf(golden, length)))
          .isIn(Optional.empty(), Optional.of(site));
    }
  }

  private static byte[] golden(String name) throws IOException {
    return Files.readAllBytes(path(name + ".bin"));
  }

  private static Path path(String file) {
    return Path.of("../schemas/src/test/resources/golden", file);
  }
}
