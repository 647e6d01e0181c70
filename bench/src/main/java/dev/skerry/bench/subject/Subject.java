package dev.skerry.bench.subject;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.inference.InferenceMain;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** What is compared. */
public enum Subject {
  /** The inference processor with its defaults. */
  SKERRY("Skerry", InferenceMain.class),
  /** Kafka with no inference. */
  COPY("transactional copy", CopyMain.class),
  /** Inference with no Kafka. */
  ORT("ONNX Runtime alone", RuntimeAloneMain.class),
  /** Kafka Streams, one record at a time. */
  STREAMS("Kafka Streams", StreamsMain.class),
  /** A plain consumer with batch 1. */
  PLAIN("plain consumer, batch 1", PlainMain.class);

  /** The same JVM for all: the one in which {@code ./skerry up} runs the processor. */
  private static final List<String> JVM = List.of("-Xmx384m", "-XX:+UseSerialGC", "-Xshare:auto");

  private final String description;
  private final Class<?> main;

  Subject(String description, Class<?> main) {
    this.description = description;
    this.main = main;
  }

  /**
   * Where a worker works.
   *
   * @param bootstrapServers its broker
   * @param topic the telemetry that it reads
   * @param frames whether those are frames
   * @param group the consumer group, a new one for each worker
   * @param models a directory of model files
   * @param directory for its configuration, log and state
   * @param answerBytes how long the copy's answers are
   * @param httpPort for the processor's metrics
   * @param streams how Kafka Streams is tuned
   */
  public record Place(
      String bootstrapServers,
      String topic,
      boolean frames,
      String group,
      Path models,
      Path directory,
      int answerBytes,
      int httpPort,
      StreamsTuning streams) {}

  /** What it is, for people. */
  public String description() {
    return description;
  }

  /** Its name on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The subject of that name; throws {@link IllegalArgumentException} that lists the names. */
  public static Subject of(String id) {
    return Arrays.stream(values())
        .filter(subject -> subject.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is nothing called %s to compare; there are %s"
                        .formatted(id, Arrays.stream(values()).map(Subject::id).toList())));
  }

  /** Whether its answers tell which record they answer, so that each can be timed. */
  public boolean isTimedUnderLoad() {
    return this == SKERRY || this == STREAMS || this == PLAIN;
  }

  /** Starts a worker that reads the topic from its beginning; not for {@link #ORT}. */
  public ChildJvm start(Place place) {
    Properties configuration =
        this == STREAMS ? streamsConfiguration(place) : workerConfiguration(place);
    return ChildJvm.start(place.group(), place.directory(), JVM, main, configuration);
  }

  /** Starts it with a configuration of its own. */
  public ChildJvm start(String name, Path directory, Properties configuration) {
    return start(name, directory, JVM, configuration);
  }

  /** Starts it with a configuration and a JVM of its own. */
  public ChildJvm start(
      String name, Path directory, List<String> jvmOptions, Properties configuration) {
    return ChildJvm.start(name, directory, jvmOptions, main, configuration);
  }

  private Properties workerConfiguration(Place place) {
    Properties configuration = new Properties();
    configuration.put("kafka.bootstrap.servers", place.bootstrapServers());
    configuration.put("service.http.port", Integer.toString(place.httpPort()));
    configuration.put("inference.site-id", "site-1");
    configuration.put("inference.models", place.models().toString());
    if (place.frames()) {
      readFrames(place, configuration);
    } else {
      configuration.put("inference.group", place.group());
      configuration.put("inference.topics", place.topic());
    }
    if (this == COPY) {
      configuration.put("copy.answer-bytes", Integer.toString(place.answerBytes()));
    }
    return configuration;
  }

  /** With two workers, as for readings, and in all subjects with the processor's fetches. */
  private void readFrames(Place place, Properties configuration) {
    if (this == SKERRY) {
      configuration.put("inference.group", place.group() + "-readings");
      configuration.put("inference.workers", "1");
      configuration.put("inference.frames.group", place.group());
      configuration.put("inference.frames.topics", place.topic());
      configuration.put("inference.frames.workers", "2");
    } else {
      configuration.put("inference.group", place.group());
      configuration.put("inference.topics", place.topic());
      configuration.put("kafka.consumer.max.poll.records", "32");
      configuration.put("kafka.consumer.fetch.max.bytes", Integer.toString(8 << 20));
      configuration.put(
          "kafka.consumer.max.partition.fetch.bytes", Integer.toString(Topics.MAX_TELEMETRY_BYTES));
    }
  }

  private static Properties streamsConfiguration(Place place) {
    Properties configuration = new Properties();
    configuration.put("topic", place.topic());
    configuration.put("models", place.models().toString());
    configuration.put("streams.bootstrap.servers", place.bootstrapServers());
    configuration.put("streams.application.id", place.group());
    configuration.put(
        "streams.state.dir", place.directory().resolve(place.group() + "-state").toString());
    place.streams().applyTo(configuration);
    return configuration;
  }
}
