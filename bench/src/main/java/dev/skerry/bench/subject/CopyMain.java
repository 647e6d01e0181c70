package dev.skerry.bench.subject;

import dev.skerry.bench.traffic.CopiedAnswer;
import dev.skerry.inference.InferenceConfig;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Settings;
import io.smallrye.config.ConfigMapping;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The transactional copy: all that Kafka costs, with no inference. It takes the inference
 * processor's configuration, and writes as many bytes for each record as a detection has.
 */
public final class CopyMain {

  private CopyMain() {}

  /** What the copy is told beside the processor's configuration. */
  @ConfigMapping(prefix = "copy")
  interface CopyConfig {
    /** Bytes of each answer, 12 and up. */
    int answerBytes();
  }

  /** Takes {@code --config FILE}. */
  public static void main(String[] args) {
    Settings settings = Settings.load(args, InferenceConfig.class, CopyConfig.class);
    byte[] template = new byte[settings.get(CopyConfig.class).answerBytes()];
    Arrays.fill(template, (byte) 'x');
    PlainLoop.start(
        settings,
        () ->
            record ->
                new ProducerRecord<>(
                    Topics.DETECTIONS.name(),
                    record.key(),
                    CopiedAnswer.of(template, record.partition(), record.offset())));
  }
}
