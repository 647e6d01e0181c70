package dev.skerry.inference.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.inference.canary.Comparison;
import dev.skerry.inference.canary.ComparisonFigures;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.Decoded;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Processes tell each other what they have seen; the topic is a list of what was written. */
class SharedEvidenceTest {

  private static final ReleaseId CANARY = new ReleaseId("pump", "3.0.0");
  private static final ReleaseId CHAMPION = new ReleaseId("pump", "1.0.0");
  private static final ReleaseId NEXT_CHAMPION = new ReleaseId("pump", "2.0.0");

  private final AtomicLong nowMillis = new AtomicLong(1_000_000);
  private final MockProducer<byte[], byte[]> topic =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final SharedEvidence ours = process("site-1", "inference-0");
  private final SharedEvidence theirs = process("site-1", "inference-1");

  private SharedEvidence process(String siteId, String instance) {
    InstantSource clock = () -> Instant.ofEpochMilli(nowMillis.get());
    return new SharedEvidence(
        new ReleaseSite(siteId, instance, "cpu", 1 << 20, 1, clock), () -> topic);
  }

  @Test
  void shouldAddUpTheLastWordOfEachOtherProcess() {
    SharedEvidence third = process("site-1", "inference-2");
    say(theirs, CHAMPION, 10);
    say(theirs, CHAMPION, 30);
    say(third, CHAMPION, 4);
    say(ours, CHAMPION, 100);
    hearAll(ours);
    assertThat(ours.elsewhere(CANARY, CHAMPION)).isEqualTo(seen(34));
    assertThat(ours.elsewhere(new ReleaseId("pump", "4.0.0"), CHAMPION)).isEqualTo(Comparison.NONE);
  }

  @Test
  void shouldNotCountWhatWasSeenBesideAFormerChampion() {
    say(theirs, CHAMPION, 500);
    hearAll(ours);
    assertThat(ours.elsewhere(CANARY, NEXT_CHAMPION)).isEqualTo(Comparison.NONE);
    say(theirs, NEXT_CHAMPION, 7);
    hearAll(ours);
    assertThat(ours.elsewhere(CANARY, NEXT_CHAMPION)).isEqualTo(seen(7));
    assertThat(ours.elsewhere(CANARY, CHAMPION)).isEqualTo(Comparison.NONE);
  }

  @Test
  void shouldNotCountWhatAnOlderReleaseSaidWithoutAChampion() {
    say(theirs, CHAMPION, 500);
    ModelStatus said = said(topic.history().get(0));
    said.setChampionVersion(null);
    ours.accept(record(0, new AvroEncoder<>(ModelStatus.class).encode(said)));
    assertThat(ours.elsewhere(CANARY, CHAMPION)).isEqualTo(Comparison.NONE);
  }

  @Test
  void shouldSayTheSameCountsAgainWhereTheChampionIsAnother() {
    say(theirs, CHAMPION, 5);
    say(theirs, CHAMPION, 5);
    assertThat(topic.history()).hasSize(1);
    say(theirs, NEXT_CHAMPION, 5);
    assertThat(topic.history()).hasSize(2);
    assertThat(said(topic.history().get(1)).getChampionVersion()).isEqualTo("2.0.0");
  }

  @Test
  void shouldTakeBackWhatItSaidWhenItCountsAnewBesideAnotherChampion() {
    say(theirs, CHAMPION, 5);
    say(theirs, NEXT_CHAMPION, 0);
    hearAll(ours);
    assertThat(ours.elsewhere(CANARY, CHAMPION)).isEqualTo(Comparison.NONE);
  }

  @Test
  void shouldSayNothingWhereThereIsNothingAndNotMoreOftenThanEveryTwoSeconds() {
    say(theirs, CHAMPION, 0);
    assertThat(topic.history()).isEmpty();
    say(theirs, CHAMPION, 1);
    nowMillis.addAndGet(1_999);
    theirs.tell(CANARY, CHAMPION, "vibration", seen(2));
    assertThat(topic.history()).hasSize(1);
    nowMillis.addAndGet(1);
    theirs.tell(CANARY, CHAMPION, "vibration", seen(2));
    assertThat(topic.history()).hasSize(2);
  }

  @Test
  void shouldReplaceItsOwnLastWordAndNobodyElses() {
    say(theirs, CHAMPION, 1);
    say(theirs, NEXT_CHAMPION, 2);
    say(ours, NEXT_CHAMPION, 3);
    assertThat(topic.history())
        .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
        .containsExactly(
            "pump/3.0.0/inference-1", "pump/3.0.0/inference-1", "pump/3.0.0/inference-0");
  }

  @Test
  void shouldNotHearOtherSites() {
    say(process("site-2", "inference-9"), CHAMPION, 50);
    hearAll(ours);
    assertThat(ours.elsewhere(CANARY, CHAMPION)).isEqualTo(Comparison.NONE);
  }

  /** At a time at which it may. */
  private void say(SharedEvidence process, ReleaseId champion, int records) {
    nowMillis.addAndGet(2_000);
    process.tell(CANARY, champion, "vibration", seen(records));
  }

  private static Comparison seen(double records) {
    return records == 0
        ? Comparison.NONE
        : ComparisonFigures.read(
            Map.of("cases:errors", records, "cases:label:normal", records, "hits:errors", records));
  }

  private void hearAll(SharedEvidence process) {
    for (int i = 0; i < topic.history().size(); i++) {
      process.accept(record(i, topic.history().get(i).value()));
    }
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
    return new ConsumerRecord<>("canary-evidence", 0, offset, new byte[] {1}, value);
  }

  private static ModelStatus said(ProducerRecord<byte[], byte[]> record) {
    Decoded<ModelStatus> decoded = new AvroDecoder<>(ModelStatus.class).decode(record.value());
    assertThat(decoded).isInstanceOf(Decoded.Value.class);
    return ((Decoded.Value<ModelStatus>) decoded).value();
  }
}
