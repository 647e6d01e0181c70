package dev.skerry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.serde.WriterSchemas;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

  @Test
  void shouldHandEachClientWhatItKnows() {
    KafkaSettings kafka =
        kafka(
            Map.of(
                "kafka.security.protocol", "SSL",
                "kafka.max.poll.records", "7",
                "kafka.producer.linger.ms", "5",
                "kafka.consumer.fetch.min.bytes", "9"));

    assertThat(kafka.consumer(Map.of("fetch.min.bytes", "1"), Map.of("group.id", "g")))
        .isEqualTo(
            Map.of(
                "bootstrap.servers", "localhost:1",
                "security.protocol", "SSL",
                "max.poll.records", "7",
                "fetch.min.bytes", "9",
                "group.id", "g"));
    assertThat(kafka.producer(Map.of("linger.ms", "10", "acks", "all"), Map.of()))
        .isEqualTo(
            Map.of(
                "bootstrap.servers", "localhost:1",
                "security.protocol", "SSL",
                "linger.ms", "5",
                "acks", "all"));
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
