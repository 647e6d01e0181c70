package dev.skerry.bench.subject;

import dev.skerry.inference.InferenceConfig;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.Bytes;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Settings;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A plain consumer with batch 1: the processor's clients and threads, one transaction for each
 * poll, and each record by itself through the model.
 */
public final class PlainMain {

  private PlainMain() {}

  /** Takes {@code --config FILE}, the processor's configuration. */
  public static void main(String[] args) {
    Settings settings = Settings.load(args, InferenceConfig.class);
    Sessions sessions = Sessions.open(settings.get(InferenceConfig.class).models().get(0));
    PlainLoop.start(settings, () -> new OneByOne(new SingleScoring(sessions))::answer);
  }

  /** The answers of one loop. */
  private static final class OneByOne {

    private final SkerryAvroDeserializer<Telemetry> decoder =
        new SkerryAvroDeserializer<>(Telemetry.class);
    private final AvroEncoder<Detection> encoder = new AvroEncoder<>(Detection.class);
    private final SingleScoring scoring;

    OneByOne(SingleScoring scoring) {
      this.scoring = scoring;
    }

    ProducerRecord<byte[], byte[]> answer(ConsumerRecord<byte[], ByteBuffer> record) {
      Telemetry telemetry = decoder.deserialize(record.topic(), Bytes.copyOf(record.value()));
      SourceRef source =
          new SourceRef(
              record.topic(),
              record.partition(),
              record.offset(),
              Instant.ofEpochMilli(record.timestamp()));
      return new ProducerRecord<>(
          Topics.DETECTIONS.name(),
          record.key(),
          encoder.encode(scoring.detect(telemetry, source)));
    }
  }
}
