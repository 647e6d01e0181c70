package dev.skerry.schemas.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.SignedStatement;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseLogTest {

  private static final Manifest MANIFEST =
      new Manifest(
          "pump",
          "2.0.0",
          "pump",
          10,
          "a".repeat(64),
          25,
          10,
          new ContractSummary("classify", "readings of 1 x 4", List.of("a", "b"), null),
          List.of(),
          CanaryPolicy.DEFAULT,
          Expectation.DEFAULT);

  @TempDir Path directory;
  private final SigningKey key = SigningKey.generate();
  private final ReleaseRecord.Writer writer = new ReleaseRecord.Writer();
  private final List<ProducerRecord<byte[], byte[]>> topic = new ArrayList<>();

  @Test
  void shouldKnowAReleaseWhenAllOfItIsThere() {
    state(key, MANIFEST);
    chunk(1, 10);
    chunk(2, 10);
    state(key, rollout(11, 100));
    assertThat(read().release(MANIFEST.release()).orElseThrow().isWhole()).isFalse();
    chunk(3, 5);
    Release release = read().release(MANIFEST.release()).orElseThrow();
    assertThat(release.isWhole()).isTrue();
    assertThat(release.isOfferedTo("site-1")).isTrue();
    assertThat(release.keyId()).isEqualTo(key.id());
  }

  @Test
  void shouldTellWhenTheLastOfAllThatIsSaidWasIssued() {
    state(key, MANIFEST);
    assertThat(read().release(MANIFEST.release()).orElseThrow().latestMillis()).isEqualTo(10);
    state(key, rollout(14, 50));
    state(key, new Revocation("pump", "2.0.0", 12, "bad"));
    assertThat(read().release(MANIFEST.release()).orElseThrow().latestMillis()).isEqualTo(14);
  }

  @Test
  void shouldSayTheSameAfterCompaction() {
    state(key, MANIFEST);
    chunk(1, 10);
    state(key, rollout(11, 50));
    state(key, new Revocation("pump", "2.0.0", 12, "bad"));
    state(key, new Retirement("pump", "2.0.0", 13, "old"));
    chunk(1, 0);
    state(key, rollout(14, 100));
    Release whole = read().release(MANIFEST.release()).orElseThrow();
    Map<ByteBuffer, ProducerRecord<byte[], byte[]>> lastOfEachKey = new LinkedHashMap<>();
    topic.forEach(
        record -> {
          lastOfEachKey.remove(ByteBuffer.wrap(record.key()));
          lastOfEachKey.put(ByteBuffer.wrap(record.key()), record);
        });
    topic.retainAll(lastOfEachKey.values());
    assertThat(read().release(MANIFEST.release())).contains(whole);
    assertThat(whole.revocation()).isPresent();
    assertThat(whole.isOfferedTo("site-1")).isFalse();
  }

  @Test
  void shouldKeepToTheLaterStatementWhateverIsWrittenAgain() {
    state(key, MANIFEST);
    state(key, rollout(12, 0));
    state(key, rollout(11, 100));
    assertThat(read().release(MANIFEST.release()).orElseThrow().isOfferedTo("site-1")).isFalse();
  }

  @Test
  void shouldBelieveNobodyElse() {
    SigningKey stranger = SigningKey.generate();
    state(stranger, MANIFEST);
    assertThat(read().releases()).isEmpty();

    SignedStatement forged = stranger.sign(MANIFEST);
    forged.setKeyId(key.id());
    topic.add(writer.statement(MANIFEST, forged));
    SignedStatement moved = key.sign(MANIFEST);
    topic.add(writer.statement(rollout(11, 100), moved));
    assertThat(read().releases()).isEmpty();
  }

  @Test
  void shouldPassOverAPartThatNoFileCanHave() {
    state(key, MANIFEST);
    chunk(Integer.MAX_VALUE, 1); // Anybody may write that; to count it would take 256 MiB.
    ReleaseLog log = new ReleaseLog(new TrustedKeys(List.of(key.publicKey()), List.of(), false));
    assertThat(topic)
        .extracting(
            record -> log.accept(new ConsumerRecord<>("", 0, 0, record.key(), record.value())))
        .last()
        .isEqualTo(new ReleaseLog.Nothing("it holds a chunk under the part number 2147483647"));
  }

  @Test
  void shouldLetAKeyRevokeItselfAndNoOther() {
    SigningKey other = SigningKey.generate();
    state(key, MANIFEST);
    state(other, new KeyRevocation(key.id(), 11, "stolen"));
    assertThat(read(other).releases()).hasSize(1);
    state(key, new KeyRevocation(key.id(), 12, "stolen"));
    assertThat(read(other).releases()).isEmpty();
  }

  @Test
  void shouldReadTheKeyThatItWrote() {
    key.write(directory, "release");
    SigningKey read = SigningKey.read(directory.resolve("release.key"));
    assertThat(read.id()).isEqualTo(key.id());
    assertThat(TrustedKeys.read(List.of(directory)))
        .extracting(PublicKeyFile::id)
        .containsExactly(key.id());
  }

  @Test
  void shouldOnlyAddSitesWhenThePercentageRises() {
    for (int site = 0; site < 1_000; site++) {
      String id = "site-" + site;
      assertThat(!rollout(1, 10).reaches(id) || rollout(1, 40).reaches(id)).isTrue();
    }
    long reached =
        IntStream.range(0, 1_000).filter(site -> rollout(1, 10).reaches("site-" + site)).count();
    assertThat(reached).isBetween(70L, 130L);
  }

  private static Rollout rollout(long issuedAtMillis, double percent) {
    return new Rollout("pump", "2.0.0", issuedAtMillis, percent, List.of(), false, "a test");
  }

  private void state(SigningKey signer, Statement statement) {
    topic.add(writer.statement(statement, signer.sign(statement)));
  }

  private void chunk(int number, int bytes) {
    topic.add(writer.chunk(MANIFEST, number, ByteBuffer.allocate(bytes)));
  }

  private ReleaseLog read(SigningKey... more) {
    List<PublicKeyFile> keys = new ArrayList<>(List.of(key.publicKey()));
    for (SigningKey each : more) {
      keys.add(each.publicKey());
    }
    ReleaseLog log = new ReleaseLog(new TrustedKeys(keys, List.of(), false));
    for (ProducerRecord<byte[], byte[]> record : topic) {
      log.accept(new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value()));
    }
    return log;
  }
}
