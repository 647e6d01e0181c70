package dev.skerry.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class SourceHeaderTest {

  @Test
  void shouldReadWhatItPutAndNothingThatStoodThereBefore() {
    RecordHeaders headers = new RecordHeaders();
    headers.add(SourceHeader.NAME, "forged/0/0/0".getBytes(UTF_8));
    SourceHeader.put(headers, "telemetry", 3, 12_345_678_901L, 1_800_000_000_000L);
    assertThat(headers).hasSize(1);
    assertThat(SourceHeader.read(headers))
        .contains(
            new SourceRef(
                "telemetry", 3, 12_345_678_901L, Instant.ofEpochMilli(1_800_000_000_000L)));
  }

  @Test
  void shouldSayNothingOfWhatItCannotRead() {
    assertThat(SourceHeader.read(new RecordHeaders())).isEmpty();
    for (String text :
        new String[] {"", "telemetry", "telemetry/0/x/1", "t/0/1/2/3", "t/99999999999/1/2"}) {
      RecordHeaders headers = new RecordHeaders();
      headers.add(SourceHeader.NAME, text.getBytes(UTF_8));
      assertThat(SourceHeader.read(headers)).as(text).isEmpty();
    }
  }
}
