package dev.skerry.local.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.broker.KafkaNode;
import dev.skerry.local.CommandLineRun;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.OriginalHeader;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RedriveIT {

  private static final byte[] VALUE = {42, 1, 2, 3};

  @RegisterExtension private final CommandLineRun cli = new CommandLineRun();

  @Test
  void shouldSendTelemetryAgainOnceAndMarkIt(@TempDir Path dir) throws Exception {
    try (KafkaNode node = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("broker")))) {
      String broker = node.bootstrapServers();
      assertThat(cli.skerry("topics", "apply", "--at", "edge", "--bootstrap", broker)).isZero();
      write(broker, letter("inference", "telemetry", DeadLetterReason.NO_MODEL));
      write(broker, letter("aggregator", "detections", DeadLetterReason.UNDECODABLE));

      assertThat(letters("list", broker)).contains("NO_MODEL", "UNDECODABLE", "2 of 2");
      assertThat(letters("list", broker, "--reason", "no_model", "--json"))
          .contains("\"source\":\"telemetry/3/7\"")
          .doesNotContain("UNDECODABLE");
      Path file = dir.resolve("value");
      assertThat(letters("show", broker, "0/0", "--out", file.toString()))
          .contains("press-1", "2a 01 02 03");
      assertThat(Files.readAllBytes(file)).isEqualTo(VALUE);

      assertThat(letters("redrive", broker, "--all", "--dry-run")).contains("1 would be sent");
      assertThat(telemetry(broker)).isEmpty();
      assertThat(letters("redrive", broker, "--all"))
          .contains("0/1: only telemetry", "1 are sent again, 0 were before, 1 cannot be");
      assertThat(letters("redrive", broker, "0/0")).contains("0 are sent again, 1 were before");
      assertIsTheRecordOnce(telemetry(broker));

      assertThat(run("redrive", broker, "0/1")).isEqualTo(1);
      assertThat(run("redrive", broker)).isEqualTo(2);
      assertThat(run("redrive", broker, "2/5")).isEqualTo(2);
      assertThat(cli.complaints()).contains("Say which", "[2/5]");
    }
  }

  private static void assertIsTheRecordOnce(List<ConsumerRecord<byte[], byte[]>> telemetry) {
    assertThat(telemetry)
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.partition()).isEqualTo(3);
              assertThat(record.key()).isEqualTo("press-1".getBytes(UTF_8));
              assertThat(record.value()).isEqualTo(VALUE);
              assertThat(record.headers().lastHeader("trace").value()).isEqualTo(VALUE);
              assertThat(RedriveMark.read(record.headers())).contains("0/0");
            });
  }

  private String letters(String command, String broker, String... rest) {
    cli.forgetPrinted();
    assertThat(run(command, broker, rest)).as(cli.complaints()).isZero();
    return cli.printed();
  }

  private int run(String command, String broker, String... rest) {
    List<String> args = new ArrayList<>(List.of("dead-letters", command, "--bootstrap", broker));
    args.addAll(List.of(rest));
    return cli.skerry(args.toArray(String[]::new));
  }

  private static List<ConsumerRecord<byte[], byte[]>> telemetry(String broker) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicReader reader = new TopicReader(broker)) {
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(Topics.TELEMETRY.name()))), records::add);
    }
    return records;
  }

  private static void write(String broker, DeadLetter letter) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.DEAD_LETTERS.name(),
                  0,
                  null,
                  new AvroEncoder<>(DeadLetter.class).encode(letter)))
          .get();
    }
  }

  private static DeadLetter letter(String stage, String topic, DeadLetterReason reason) {
    DeadLetter letter = new DeadLetter();
    letter.setSiteId("local");
    letter.setStage(stage);
    letter.setReason(reason);
    letter.setDetail("It cannot be answered.");
    letter.setFailedAt(Instant.now());
    letter.setSource(new SourceRef(topic, 3, 7L, Instant.now()));
    letter.setOriginalKey(ByteBuffer.wrap("press-1".getBytes(UTF_8)));
    letter.setOriginalValue(ByteBuffer.wrap(VALUE));
    letter.setOriginalHeaders(List.of(new OriginalHeader("trace", ByteBuffer.wrap(VALUE))));
    return letter;
  }
}
