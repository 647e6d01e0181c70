package dev.skerry.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.broker.CommittedRecords;
import dev.skerry.broker.KafkaNode;
import dev.skerry.broker.TopicCreation;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The telemetry topic as an independent reader sees it. */
public final class TelemetryTopic {

  static final int SCHEMA_ID = 1_000_001;

  private TelemetryTopic() {}

  public static void create(KafkaNode node) throws Exception {
    create(node, Topics.TELEMETRY);
  }

  public static void create(KafkaNode node, Topic topic) throws Exception {
    TopicCreation.create(node.bootstrapServers(), List.of(topic.newTopic(Side.EDGE)));
  }

  /** All records, partition by partition, each in the order of its offsets. */
  public static List<Telemetry> read(KafkaNode node) {
    return read(node, Topics.TELEMETRY);
  }

  public static List<Telemetry> read(KafkaNode node, Topic topic) {
    AvroDecoder<Telemetry> decoder = new AvroDecoder<>(Telemetry.class);
    List<Telemetry> decoded = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : readBytes(node, topic)) {
      assertThat(WireFormat.schemaId(record.value())).isEqualTo(SCHEMA_ID);
      Decoded<Telemetry> value = decoder.decode(record.value());
      assertThat(value).isInstanceOf(Decoded.Value.class);
      Telemetry telemetry = ((Decoded.Value<Telemetry>) value).value();
      assertThat(new String(record.key(), UTF_8)).isEqualTo(telemetry.getDeviceId());
      decoded.add(telemetry);
    }
    return decoded;
  }

  /** The keys of all records, whatever they are. */
  public static List<String> keys(KafkaNode node, Topic topic) {
    return readBytes(node, topic).stream().map(record -> new String(record.key(), UTF_8)).toList();
  }

  /** All dead letters. */
  public static List<DeadLetter> readDeadLetters(KafkaNode node) {
    AvroDecoder<DeadLetter> decoder = new AvroDecoder<>(DeadLetter.class);
    List<DeadLetter> decoded = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : readBytes(node, Topics.DEAD_LETTERS)) {
      Decoded<DeadLetter> value = decoder.decode(record.value());
      assertThat(value).isInstanceOf(Decoded.Value.class);
      decoded.add(((Decoded.Value<DeadLetter>) value).value());
    }
    return decoded;
  }

  private static List<ConsumerRecord<byte[], byte[]>> readBytes(KafkaNode node, Topic topic) {
    return CommittedRecords.in(node.bootstrapServers(), topic.name());
  }
}
