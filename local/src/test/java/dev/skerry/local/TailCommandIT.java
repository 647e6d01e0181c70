package dev.skerry.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.broker.KafkaNode;
import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessKey;
import dev.skerry.schemas.CompletenessVerdict;
import dev.skerry.schemas.serde.SkerryAvroSerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TailCommandIT {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @RegisterExtension private final CommandLineRun cli = new CommandLineRun();

  @Test
  void shouldReadABrokerOfEitherSideByItsAddress(@TempDir Path dir) throws Exception {
    try (KafkaNode cloud = KafkaNode.start(KafkaNode.Settings.of(dir))) {
      String broker = cloud.bootstrapServers();
      assertThat(cli.skerry("topics", "apply", "--at", "cloud", "--bootstrap", broker)).isZero();
      write(broker);
      cli.forgetPrinted();
      assertThat(tail(broker, "completeness")).isZero();
      assertThat(cli.printed().lines())
          .singleElement()
          .satisfies(line -> assertThat(line).contains("\"verdict\": \"COMPLETE\"", "site-a"));
      assertThat(tail(broker, "answer-ledger")).isEqualTo(2);
      assertThat(cli.complaints()).contains(broker + " has no topic answer-ledger");
    }
  }

  private int tail(String broker, String topic) {
    return cli.skerry("tail", topic, "--bootstrap", broker, "--from-beginning", "--max", "1");
  }

  private static void write(String broker) throws Exception {
    try (KafkaProducer<CompletenessKey, Completeness> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker),
            new SkerryAvroSerializer<>(),
            new SkerryAvroSerializer<>())) {
      Completeness minute =
          Completeness.newBuilder()
              .setSiteId("site-a")
              .setTopic("aggregates")
              .setWindowStart(NOON)
              .setWindowEnd(NOON.plus(Duration.ofMinutes(1)))
              .setVerdict(CompletenessVerdict.COMPLETE)
              .setDifference(0)
              .setEdgeCount(10L)
              .setCloudCount(10)
              .setEdgeHashSum(1L)
              .setCloudHashSum(1)
              .setJudgedAt(NOON)
              .build();
      CompletenessKey key =
          CompletenessKey.newBuilder()
              .setSiteId("site-a")
              .setTopic("aggregates")
              .setWindowStart(NOON)
              .build();
      producer.send(new ProducerRecord<>("completeness", key, minute)).get();
    }
  }
}
