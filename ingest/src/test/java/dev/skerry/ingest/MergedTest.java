package dev.skerry.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class MergedTest {

  @Test
  void shouldOrderByTimeAndThenBySource() {
    Merged merged = new Merged(List.of(source("a", 1, 3, 3, 8), source("b", 2, 3), source("c")));
    List<String> order = new ArrayList<>();
    merged.forEachRemaining(
        record -> order.add(record.getDeviceId() + record.getEventTime().toEpochMilli()));
    assertThat(order).containsExactly("a1", "b2", "a3", "a3", "b3", "a8");
    assertThatThrownBy(merged::next).isInstanceOf(NoSuchElementException.class);
  }

  private static Iterator<Telemetry> source(String device, long... timesMillis) {
    return Arrays.stream(timesMillis)
        .mapToObj(
            time ->
                Telemetry.newBuilder()
                    .setDeviceId(device)
                    .setSiteId("s")
                    .setStream("x")
                    .setEventTime(Instant.ofEpochMilli(time))
                    .setSequence(time)
                    .setPayload(
                        Readings.newBuilder()
                            .setChannels(1)
                            .setSteps(1)
                            .setValues(List.of(1f))
                            .build())
                    .build())
        .iterator();
  }
}
