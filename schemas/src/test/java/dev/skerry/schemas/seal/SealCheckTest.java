package dev.skerry.schemas.seal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.LedgerEntry;
import dev.skerry.schemas.LedgerKey;
import dev.skerry.schemas.LinkSide;
import dev.skerry.schemas.seal.SealCheck.Reason;
import dev.skerry.schemas.seal.SealCheck.Verdict;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealCheckTest {

  /** The site of the record. */
  private static final String SITE = "plant-a";

  private static final String TOPIC = Topics.LEDGER.name();
  private static final FleetKey FLEET = FleetKey.generate(1);

  @TempDir private Path dir;
  private final SealCheck check =
      new SealCheck(List.of(FLEET), Set.of(), WriterSchemas.catalogue());
  private byte[] key = {};
  private byte[] value = {};

  @BeforeEach
  void writeARecord() {
    Instant noon = Instant.parse("2026-01-02T12:00:00Z");
    LedgerKey page = new LedgerKey(LinkSide.EDGE, SITE, "drift", noon);
    key = new AvroEncoder<>(LedgerKey.class).encode(page);
    value =
        new AvroEncoder<>(LedgerEntry.class)
            .encode(
                new LedgerEntry(
                    LinkSide.EDGE, SITE, "drift", noon, noon, 1, 2L, 3L, 4L, "h", true, noon));
  }

  @Test
  void shouldKnowARecordOfTheSiteThatItNames() throws IOException {
    assertThat(check(sealed(FLEET.of(SITE)))).isEqualTo(new Verdict.Genuine(SITE));
  }

  @Test
  void shouldKnowATombstoneByItsKey() throws IOException {
    ProducerRecord<byte[], byte[]> tombstone =
        seal(FLEET.of(SITE), new ProducerRecord<>(TOPIC, key, null));
    assertThat(check(tombstone)).isEqualTo(new Verdict.Genuine(SITE));
    assertThat(check(new ProducerRecord<>(TOPIC, key, null)))
        .isEqualTo(new Verdict.Forged(SITE, Reason.UNSEALED));
  }

  @Test
  void shouldTakeARecordOfAnotherSiteForForged() throws IOException {
    assertThat(check(sealed(FLEET.of("site-b")))).isEqualTo(forged(Reason.WRONG_SEAL));
    assertThat(check(sealed(FleetKey.generate(1).of(SITE)))).isEqualTo(forged(Reason.WRONG_SEAL));
    assertThat(check(sealed(FleetKey.generate(2).of(SITE)))).isEqualTo(forged(Reason.UNKNOWN_KEY));
    assertThat(check(new ProducerRecord<>(TOPIC, key, value))).isEqualTo(forged(Reason.UNSEALED));
  }

  @Test
  void shouldTakeAChangedOrMovedRecordForForged() throws IOException {
    ProducerRecord<byte[], byte[]> good = sealed(FLEET.of(SITE));
    byte[] changed = value.clone();
    changed[changed.length - 1] ^= 1;
    assertThat(check.check(TOPIC, good.headers(), key, changed))
        .isEqualTo(forged(Reason.WRONG_SEAL));
    assertThat(check.check(Topics.DRIFT.name(), good.headers(), key, value))
        .isEqualTo(forged(Reason.WRONG_SEAL));
    assertThat(check.check(TOPIC, good.headers(), null, value))
        .isEqualTo(forged(Reason.WRONG_SEAL));
  }

  @Test
  void shouldNotLetAKeyOfAnotherSiteReplaceItsRecord() throws IOException {
    byte[] othersKey = key.clone();
    int at = new String(othersKey, ISO_8859_1).indexOf(SITE);
    othersKey[at + SITE.length() - 1] = 'b';
    ProducerRecord<byte[], byte[]> mixed =
        seal(FLEET.of(SITE), new ProducerRecord<>(TOPIC, othersKey, value));
    assertThat(check(mixed)).isEqualTo(forged(Reason.TWO_SITES));
  }

  @Test
  void shouldGoOverToANewKeyAndTakeOneFromASite() throws IOException {
    FleetKey next = FleetKey.generate(2);
    SealCheck both =
        new SealCheck(List.of(FLEET, next), Set.of(SITE + "/1"), WriterSchemas.catalogue());
    ProducerRecord<byte[], byte[]> old = sealed(FLEET.of(SITE));
    ProducerRecord<byte[], byte[]> renewed = sealed(next.of(SITE));
    assertThat(both.check(TOPIC, old.headers(), key, value)).isEqualTo(forged(Reason.REVOKED_KEY));
    assertThat(both.check(TOPIC, renewed.headers(), key, value))
        .isEqualTo(new Verdict.Genuine(SITE));
    assertThatThrownBy(
            () -> new SealCheck(List.of(FLEET, FLEET), Set.of(), WriterSchemas.catalogue()))
        .hasMessageContaining("id 1");
  }

  @Test
  void shouldSurviveEverySealThereCanBe() throws IOException {
    byte[] good = sealed(FLEET.of(SITE)).headers().lastHeader(Seal.HEADER).value();
    for (int length = 0; length < good.length; length++) {
      assertThat(check(withSeal(Arrays.copyOf(good, length)))).isEqualTo(forged(Reason.UNSEALED));
    }
    for (int position = 0; position < good.length; position++) {
      byte[] changed = good.clone();
      changed[position] ^= 0x40;
      assertThat(check(withSeal(changed))).isInstanceOf(Verdict.Forged.class);
    }
    assertThat(check.check(TOPIC, new RecordHeaders(), null, new byte[] {1, 2}))
        .isEqualTo(new Verdict.Nameless());
    assertThat(check.check(TOPIC, new RecordHeaders(), null, null))
        .isEqualTo(new Verdict.Nameless());
  }

  @Test
  void shouldSealWhatCrossesTheLinkAndNothingElse() throws IOException {
    ProducerRecord<byte[], byte[]> local =
        seal(FLEET.of(SITE), new ProducerRecord<>(Topics.DEAD_LETTERS.name(), key, value));
    assertThat(local.headers()).isEmpty();
    ProducerRecord<byte[], byte[]> twice = seal(FLEET.of(SITE), sealed(FLEET.of("site-b")));
    assertThat(twice.headers()).hasSize(1);
    assertThat(check(twice)).isEqualTo(new Verdict.Genuine(SITE));
  }

  @Test
  void shouldNameTheFileThatHoldsNoKey() throws IOException {
    Path none = Files.writeString(dir.resolve("none.key"), FLEET.text());
    assertThatThrownBy(() -> SiteKey.read(none))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining(none.toString())
        .hasMessageContaining("skerry-site-key");
    assertThat(FleetKey.read(none).of(SITE).text()).isEqualTo(FLEET.of(SITE).text());
    assertThatThrownBy(() -> new SealingInterceptor().configure(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(SealingInterceptor.KEY_FILE);
    assertThat(FLEET + " " + FLEET.of(SITE))
        .isEqualTo("skerry-fleet-key 1 skerry-site-key plant-a 1");
  }

  private ProducerRecord<byte[], byte[]> sealed(SiteKey siteKey) throws IOException {
    return seal(siteKey, new ProducerRecord<>(TOPIC, key, value));
  }

  /** As a producer of that site does. */
  private ProducerRecord<byte[], byte[]> seal(
      SiteKey siteKey, ProducerRecord<byte[], byte[]> record) throws IOException {
    Path file = Files.writeString(dir.resolve("site.key"), siteKey.text());
    try (SealingInterceptor interceptor = new SealingInterceptor()) {
      interceptor.configure(Map.of(SealingInterceptor.KEY_FILE, file.toString()));
      return interceptor.onSend(record);
    }
  }

  private ProducerRecord<byte[], byte[]> withSeal(byte[] seal) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(TOPIC, key, value);
    record.headers().add(Seal.HEADER, seal);
    return record;
  }

  private Verdict check(ProducerRecord<byte[], byte[]> record) {
    return check.check(record.topic(), record.headers(), record.key(), record.value());
  }

  private static Verdict forged(Reason reason) {
    return new Verdict.Forged(SITE, reason);
  }
}
