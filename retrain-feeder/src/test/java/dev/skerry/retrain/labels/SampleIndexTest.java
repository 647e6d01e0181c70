package dev.skerry.retrain.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.skerry.retrain.SomeSamples;
import dev.skerry.schemas.Label;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.serde.AvroSafety;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SampleIndexTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final SampleIndex index = new SampleIndex(5);

  @BeforeAll
  static void trustGeneratedClasses() {
    AvroSafety.enable();
  }

  @Test
  void shouldKeepTheNewestAndShowThemFirst() {
    for (int i = 0; i < 8; i++) {
      add(i);
    }
    assertThat(devices("?state=all"))
        .containsExactly("pump-7", "pump-6", "pump-5", "pump-4", "pump-3");
    assertThat(index.find(sample(2).getSampleId())).isEmpty();
  }

  @Test
  void shouldGoOnWhereAPageEnds() {
    for (int i = 0; i < 5; i++) {
      add(i);
    }
    SampleIndex.Page first = index.page(query("?limit=2"));
    assertThat(first.entries()).hasSize(2);
    assertThat(devices("?limit=2&before=" + first.before().orElseThrow()))
        .containsExactly("pump-2", "pump-1");
    assertThat(index.page(query("?limit=2&before=1")).before()).isEmpty();
  }

  @Test
  void shouldListWhatHasNoLabelOrHasItNoMore() {
    for (int i = 0; i < 3; i++) {
      add(i);
    }
    index.add(new Place(0, 1), label(0, "normal").build());
    index.add(new Place(0, 2), label(1, null).setUnusable(true).build());
    assertThat(devices("")).containsExactly("pump-2");
    assertThat(devices("?state=labelled")).containsExactly("pump-0");
    assertThat(devices("?state=unusable")).containsExactly("pump-1");
    assertThat(index.counts(null)).isEqualTo(new SampleIndex.Counts(1, 1, 1));

    index.add(new Place(0, 3), label(0, null).setWithdrawn(true).build());
    assertThat(devices("")).containsExactly("pump-2", "pump-0");
    index.removeLabel(sample(1).getSampleId());
    assertThat(devices("")).containsExactly("pump-2", "pump-1", "pump-0");
  }

  @Test
  void shouldNotGoBackToAnEarlierLabelThatIsReadLater() {
    add(0);
    index.add(new Place(0, 9), label(0, "second").build());
    index.add(new Place(0, 8), label(0, "first").build());
    assertThat(index.find(sample(0).getSampleId()).flatMap(SampleIndex.Entry::label))
        .map(Label::getLabel)
        .contains("second");
  }

  @Test
  void shouldKnowALabelThatCameBeforeItsSample() {
    index.add(new Place(0, 1), label(0, "normal").build());
    assertThat(add(0)).isFalse();
    assertThat(add(1)).isTrue();
    assertThat(devices("?state=labelled")).containsExactly("pump-0");
  }

  @Test
  void shouldKeepNoMoreLabelsThanTwiceTheSamples() {
    add(0);
    index.add(new Place(0, 0), label(0, "normal").build());
    for (int i = 1; i < 100; i++) {
      index.add(new Place(0, i), label(i, "normal").build());
    }
    assertThat(devices("?state=labelled")).containsExactly("pump-0");
    assertThat(add(50)).isTrue(); // Its label was among those that were forgotten.
    assertThat(add(99)).isFalse();
  }

  @Test
  void shouldOfferTheClassesOfModelsAndOfLabels() {
    add(0);
    index.add(new Place(0, 1), label(0, "cavitation").build());
    assertThat(index.classes().get("vibration")).containsExactly("cavitation", "normal");
  }

  @Test
  void shouldNameWhatIsWrongInAQuery() {
    for (String wrong :
        List.of("?state=some", "?limit=0", "?limit=900", "?before=x", "?size=1", "?state")) {
      assertThatIllegalArgumentException().isThrownBy(() -> query(wrong));
    }
  }

  private boolean add(int number) {
    return index.add(new Place(0, number), sample(number));
  }

  private List<String> devices(String query) {
    return index.page(query(query)).entries().stream()
        .map(entry -> entry.sample().device())
        .toList();
  }

  private static SampleQuery query(String query) {
    return SampleQuery.of(URI.create("/v1/samples" + query));
  }

  private static RetrainingSample sample(int number) {
    return SomeSamples.of("plant-1", "pump-" + number).sample(number);
  }

  private static Label.Builder label(int number, @Nullable String label) {
    UUID id = sample(number).getSampleId();
    return Label.newBuilder()
        .setSampleId(id)
        .setLabel(label)
        .setLabelledBy("ann")
        .setLabelledAt(NOW);
  }
}
