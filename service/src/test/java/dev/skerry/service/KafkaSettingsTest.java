package dev.skerry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.seal.FleetKey;
import dev.skerry.schemas.seal.SealingInterceptor;
import dev.skerry.schemas.serde.WriterSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSettingsTest {

  @Test
  void shouldHandEachClientWhatItKnows() {
    KafkaSettings kafka =
        kafka(
            Map.of(
                "kafka.request.timeout.ms", "8",
                "kafka.max.poll.records", "7",
                "kafka.producer.linger.ms", "5",
                "kafka.consumer.fetch.min.bytes", "9"));

    assertThat(kafka.consumer(Map.of("fetch.min.bytes", "1"), Map.of("group.id", "g")))
        .isEqualTo(
            Map.of(
                "bootstrap.servers", "localhost:1",
                "request.timeout.ms", "8",
                "max.poll.records", "7",
                "fetch.min.bytes", "9",
                "group.id", "g"));
    assertThat(kafka.producer(Map.of("linger.ms", "10", "acks", "all"), Map.of()))
        .isEqualTo(
            Map.of(
                "bootstrap.servers", "localhost:1",
                "request.timeout.ms", "8",
                "linger.ms", "5",
                "acks", "all"));
  }

  @Test
  void shouldReadCertificatesAgainWhereThereAreAnyUnlessSomebodyKnowsBetter() {
    String key = "ssl.engine.factory.class";
    Map<String, String> tls = Map.of("kafka.security.protocol", "SSL");
    String ours = "dev.skerry.service.tls.RotatingSslEngineFactory";
    assertThat(kafka(tls).consumer(Map.of(), Map.of())).containsEntry(key, ours);
    assertThat(kafka(tls).streams(Map.of(), Map.of())).containsEntry(key, ours);
    assertThat(kafka(Map.of()).producer(Map.of(), Map.of())).doesNotContainKey(key);
    Map<String, String> other = new HashMap<>(tls);
    other.put("kafka." + key, "a.b.Other");
    assertThat(kafka(other).admin(Map.of())).containsEntry(key, "a.b.Other");
  }

  @Test
  void shouldSealWithTheKeyOfTheSite(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("a.key"), FleetKey.generate(1).of("a").text());
    KafkaSettings kafka =
        new KafkaSettings(Map.of("bootstrap.servers", "localhost:1"), Optional.of(file));
    assertThat(kafka.producer(Map.of("interceptor.classes", "a.b.Other"), Map.of()))
        .containsEntry("interceptor.classes", "a.b.Other," + SealingInterceptor.class.getName())
        .containsEntry(SealingInterceptor.KEY_FILE, file.toString());
    assertThat(kafka.streams(Map.of(), Map.of()))
        .containsEntry("producer.interceptor.classes", SealingInterceptor.class.getName())
        .containsEntry("producer." + SealingInterceptor.KEY_FILE, file.toString());
    assertThat(kafka.consumer(Map.of(), Map.of())).doesNotContainKey("interceptor.classes");
    Path none = Files.writeString(dir.resolve("none.key"), "x");
    assertThatThrownBy(
            () -> new KafkaSettings(Map.of("bootstrap.servers", "localhost:1"), Optional.of(none)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("service.seal-key")
        .hasMessageContaining(none.toString());
  }

  @Test
  void shouldHandTheSettingsOfARegistryToTheSerdeAlone() {
    KafkaSettings kafka =
        kafka(
            Map.of(
                "kafka.schema.registry.url", "http://registry:8081",
                "kafka.schema.registry.ssl.truststore.type", "PEM",
                "kafka.http.read.timeout.ms", "500"));
    assertThat(kafka.consumer(Map.of(), Map.of()))
        .isEqualTo(Map.of("bootstrap.servers", "localhost:1"));
    assertThat(kafka.streams(Map.of(), Map.of()))
        .isEqualTo(Map.of("bootstrap.servers", "localhost:1"));
    assertThat(kafka.writerSchemas()).isNotSameAs(WriterSchemas.catalogue());
    assertThat(kafka(Map.of()).writerSchemas()).isSameAs(WriterSchemas.catalogue());
    KafkaSettings wrong = kafka(Map.of("kafka.schema.registry.url", "registry"));
    assertThatThrownBy(wrong::writerSchemas)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.url");
  }

  @Test
  void shouldTakeKafkaSettingsFromTheEnvironment() {
    Settings settings =
        Settings.build(
            Map.of(),
            Map.of(),
            Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092",
                "KAFKA_CONSUMER_MAX_POLL_RECORDS", "3",
                "KAFKA_SERVICE_HOST", "10.0.0.1"));
    assertThat(settings.kafka().consumer(Map.of(), Map.of()))
        .isEqualTo(Map.of("bootstrap.servers", "kafka:9092", "max.poll.records", "3"));
  }

  @Test
  void shouldNameASettingThatKafkaDoesNotKnow() {
    assertThatThrownBy(() -> kafka(Map.of("kafka.consumer.max.pol.records", "7")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kafka.consumer.max.pol.records");
    assertThatThrownBy(() -> kafka(Map.of("kafka.boostrap.servers", "x")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kafka.boostrap.servers");
  }

  @Test
  void shouldRefuseToChangeWhatAGuaranteeRestsOn() {
    KafkaSettings kafka = kafka(Map.of("kafka.consumer.isolation.level", "read_uncommitted"));
    assertThatThrownBy(() -> kafka.consumer(Map.of(), Map.of("isolation.level", "read_committed")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kafka.consumer.isolation.level is fixed to read_committed");
  }

  @Test
  void shouldWantToKnowTheBroker() {
    assertThatThrownBy(() -> Settings.of(Map.of()).kafka())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kafka.bootstrap.servers is not set");
  }

  private static KafkaSettings kafka(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("kafka.bootstrap.servers", "localhost:1");
    return Settings.of(all).kafka();
  }
}
