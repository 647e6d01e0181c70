package dev.skerry.aggregator;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.Aggregate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** NOTHING_LOST and NOTHING_TWICE, whatever the order of events and of time. */
class WindowSumsTest {

  private static final Instant BEGIN = TestSite.NOW.minusSeconds(600);

  /** A detection, and how long nothing happens after it. */
  record Event(int device, String label, long secondsAfterBegin, int pauseHalfSeconds) {
    Instant eventTime() {
      return BEGIN.plusSeconds(secondsAfterBegin);
    }

    String window() {
      return label + "@" + Math.floorDiv(eventTime().getEpochSecond(), 10) * 10;
    }
  }

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<Long> mostlyNearSometimesFar =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.longs().between(0, 120)),
            Tuple.of(1, Arbitraries.longs().between(-100_000, 100_000)));
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.of("normal", "unbalance"),
            mostlyNearSometimesFar,
            Arbitraries.integers().between(0, 60))
        .as(Event::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 30)
  void shouldGiveOutEveryDetectionOnce(@ForAll("events") List<Event> events) throws IOException {
    Path stateDir = Files.createTempDirectory("window-sums");
    try (TestSite site = new TestSite(stateDir, Map.of())) {
      for (Event event : events) {
        site.detect(
            SomeDetections.at(event.eventTime(), "device-" + event.device(), event.label()));
        site.pass(Duration.ofMillis(500L * event.pauseHalfSeconds()));
      }
      // A window that is just not in the future waits the longest: 60 + 10 + 10 s.
      site.pass(Duration.ofMinutes(2));

      List<Aggregate> given = site.aggregates();
      assertThat(sums(given))
          .isEqualTo(new TreeMap<>(events.stream().collect(groupingBy(Event::window, counting()))));
      assertThat(
              given.stream().filter(aggregate -> !aggregate.getLate()).map(WindowSumsTest::window))
          .doesNotHaveDuplicates();
    }
  }

  private static Map<String, Long> sums(List<Aggregate> given) {
    return new TreeMap<>(
        given.stream()
            .collect(groupingBy(WindowSumsTest::window, summingLong(Aggregate::getCount))));
  }

  private static String window(Aggregate aggregate) {
    return aggregate.getLabel() + "@" + aggregate.getWindowStart().getEpochSecond();
  }
}
