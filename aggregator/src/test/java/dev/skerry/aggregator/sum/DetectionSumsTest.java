package dev.skerry.aggregator.sum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skerry.aggregator.window.Closed;
import dev.skerry.aggregator.window.StreamId;
import dev.skerry.aggregator.window.WindowKey;
import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.SourceRef;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The laws of merging, and how far sketches may be off. */
class DetectionSumsTest {

  private static final Instant APPENDED = Instant.parse("2026-01-01T00:00:00Z");

  private final DetectionSums addition = new DetectionSums();

  /** Something that is added: a detection, or a dead letter. */
  record Item(int device, int eighths, int latencyMillis, boolean dead) {}

  @Provide
  Arbitrary<List<Item>> items() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 40),
            Arbitraries.integers().between(0, 8),
            Arbitraries.integers().between(-50, 100_000),
            Arbitraries.of(false, false, false, true))
        .as(Item::new)
        .list()
        .ofMaxSize(50);
  }

  @Property(tries = 100)
  void shouldBeAssociative(
      @ForAll("items") List<Item> a, @ForAll("items") List<Item> b, @ForAll("items") List<Item> c) {
    DetectionSum left = plus(plus(sum(a), sum(b)), sum(c));
    DetectionSum right = plus(sum(a), plus(sum(b), sum(c)));
    assertSame(left, right);
  }

  @Property(tries = 100)
  void shouldBeCommutative(@ForAll("items") List<Item> a, @ForAll("items") List<Item> b) {
    assertSame(plus(sum(a), sum(b)), plus(sum(b), sum(a)));
  }

  @Property(tries = 100)
  void shouldHaveZeroAsIdentity(@ForAll("items") List<Item> a) {
    assertSame(plus(sum(a), addition.zero()), sum(a));
    assertSame(plus(addition.zero(), sum(a)), sum(a));
  }

  @Property(tries = 100)
  void shouldAddUpTheSameHoweverItIsSplit(
      @ForAll("items") List<Item> a, @ForAll("items") List<Item> b) {
    List<Item> all = new ArrayList<>(a);
    all.addAll(b);
    assertSame(plus(sum(a), sum(b)), sum(all));
  }

  @Property(tries = 50)
  void shouldSurviveBeingBytes(@ForAll("items") List<Item> a, @ForAll("items") List<Item> b) {
    DetectionSum read = addition.decode(addition.encode(sum(a)));
    assertSame(read, sum(a));
    assertSame(plus(read, sum(b)), plus(sum(a), sum(b)));
  }

  @Property(tries = 20)
  void shouldKeepQuantilesWithinTheErrorWhateverWasMerged(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int parts) {
    Random random = new Random(seed);
    float[] numbers = new float[20_000];
    Quantiles merged = new Quantiles();
    for (int part = 0; part < parts; part++) {
      Quantiles own = new Quantiles();
      for (int i = part; i < numbers.length; i += parts) {
        numbers[i] = (float) (random.nextGaussian() * 10);
        own.add(numbers[i]);
      }
      merged.add(Quantiles.of(own.toBytes()));
    }
    Arrays.sort(numbers);
    assertThat(merged.count()).isEqualTo(numbers.length);
    for (double rank : new double[] {0.05, 0.5, 0.95, 0.99}) {
      double found = rankOf(numbers, merged.quantile(rank));
      // The error holds with 99 % confidence for one quantile: twice it for all of a test run.
      assertThat(found).isCloseTo(rank, within(2 * Quantiles.RANK_ERROR));
    }
  }

  @Property(tries = 20)
  void shouldCountNamesWithinTheErrorWhateverWasMerged(@ForAll long seed) {
    Random random = new Random(seed);
    DistinctCount merged = new DistinctCount();
    HashSet<String> names = new HashSet<>();
    for (int part = 0; part < 8; part++) {
      DistinctCount own = new DistinctCount();
      for (int i = 0; i < 1_000; i++) {
        String name = "device-" + seed + "-" + random.nextInt(5_000);
        own.add(name);
        names.add(name);
      }
      merged.add(DistinctCount.of(own.toBytes()));
    }
    assertThat((double) merged.count())
        .isCloseTo(names.size(), within(4 * DistinctCount.STANDARD_ERROR * names.size()));
  }

  private static double rankOf(float[] sorted, float number) {
    int index = Arrays.binarySearch(sorted, number);
    return (index + 1.0) / sorted.length;
  }

  private DetectionSum plus(DetectionSum a, DetectionSum b) {
    DetectionSum sum = addition.zero();
    addition.add(sum, a);
    addition.add(sum, b);
    return sum;
  }

  private DetectionSum sum(List<Item> items) {
    DetectionSum sum = addition.zero();
    for (Item item : items) {
      if (item.dead()) {
        sum.addDeadLetter("REASON-" + item.eighths());
      } else {
        sum.add(detection(item));
      }
    }
    return sum;
  }

  private static Detection detection(Item item) {
    return Detection.newBuilder()
        .setDeviceId("device-" + item.device())
        .setSiteId("plant-1")
        .setStream("vibration")
        .setEventTime(APPENDED.minusMillis(30))
        .setSequence(1)
        .setSource(new SourceRef("telemetry", 0, 7L, APPENDED))
        .setInferredAt(APPENDED.plusMillis(item.latencyMillis()))
        .setModel("machine-state")
        .setModelVersion("1")
        .setRole(ModelRole.CHAMPION)
        .setLabel("normal")
        .setConfidence(item.eighths() / 8f)
        .setLowConfidence(item.eighths() < 4)
        .setScores(Map.of())
        .setBoxes(List.of())
        .build();
  }

  /** All that is written but for the bytes of the sketches, which hide the same numbers. */
  private static void assertSame(DetectionSum a, DetectionSum b) {
    assertThat(withoutSketches(a)).isEqualTo(withoutSketches(b));
  }

  private static Aggregate withoutSketches(DetectionSum sum) {
    WindowKey key =
        new WindowKey(
            new WindowKey.Group(new StreamId("plant-1", "vibration"), "m", "1", "normal"), 0, 10);
    Aggregate aggregate = AggregateForm.of(key, new Closed<>(sum, false));
    aggregate.setConfidenceSketch(ByteBuffer.allocate(0));
    aggregate.setEventLatencySketch(ByteBuffer.allocate(0));
    aggregate.setDeviceSketch(ByteBuffer.allocate(0));
    return aggregate;
  }
}
