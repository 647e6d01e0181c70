package dev.skerry.bench.subject;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.SkerryAvroSerde;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka Streams, one record at a time, as a user would write it: Avro serdes, a processor that runs
 * the model, {@code exactly_once_v2}. What its properties file says under {@code streams.} is its
 * configuration.
 */
public final class StreamsMain {

  private static final Logger log = LoggerFactory.getLogger(StreamsMain.class);
  private static final String PREFIX = "streams.";

  private StreamsMain() {}

  /** Takes {@code --config FILE} with {@code topic}, {@code models} and {@code streams.…}. */
  public static void main(String[] args) throws IOException {
    Properties file = new Properties();
    try (var reader = Files.newBufferedReader(Path.of(args[1]))) {
      file.load(reader);
    }
    Sessions sessions = Sessions.open(Path.of(file.getProperty("models")));
    Properties settings = new Properties();
    file.stringPropertyNames().stream()
        .filter(key -> key.startsWith(PREFIX))
        .forEach(key -> settings.put(key.substring(PREFIX.length()), file.getProperty(key)));
    KafkaStreams streams =
        new KafkaStreams(topology(file.getProperty("topic"), sessions), settings);
    streams.setUncaughtExceptionHandler(
        e -> {
          log.error("Kafka Streams ends", e);
          Runtime.getRuntime().halt(1);
          return StreamThreadExceptionResponse.SHUTDOWN_APPLICATION;
        });
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
    streams.start();
  }

  static Topology topology(String topic, Sessions sessions) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(topic, Consumed.with(Serdes.ByteArray(), SkerryAvroSerde.of(Telemetry.class)))
        .processValues(() -> new Scoring(sessions))
        .to(
            Topics.DETECTIONS.name(),
            Produced.with(Serdes.ByteArray(), SkerryAvroSerde.of(Detection.class)));
    return builder.build();
  }

  /** The model as a step of the topology; one for each task. */
  private static final class Scoring
      extends ContextualFixedKeyProcessor<byte[], Telemetry, Detection> {

    private final SingleScoring scoring;

    Scoring(Sessions sessions) {
      this.scoring = new SingleScoring(sessions);
    }

    @Override
    public void process(FixedKeyRecord<byte[], Telemetry> record) {
      RecordMetadata place = context().recordMetadata().orElseThrow();
      SourceRef source =
          new SourceRef(
              place.topic(),
              place.partition(),
              place.offset(),
              Instant.ofEpochMilli(record.timestamp()));
      context().forward(record.withValue(scoring.detect(record.value(), source)));
    }
  }
}
