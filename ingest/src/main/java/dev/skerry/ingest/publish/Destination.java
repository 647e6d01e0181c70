package dev.skerry.ingest.publish;

import dev.skerry.schemas.topic.Topic;
import dev.skerry.service.KafkaSettings;
import java.nio.file.Path;
import java.util.List;

/** Where a publication goes. Immutable; nothing is opened before the publication runs. */
public final class Destination {

  private final Opening opening;

  @FunctionalInterface
  private interface Opening {
    TelemetrySink open(StopSignal stop, Tally tally) throws InterruptedException;
  }

  private Destination(Opening opening) {
    this.opening = opening;
  }

  /**
   * The topics {@code telemetry} (readings) and {@code telemetry-frames} (frames).
   *
   * @param topics those of the two that the source needs
   */
  public static Destination kafka(KafkaSettings settings, List<Topic> topics) {
    return new Destination(
        (stop, tally) -> {
          TopicCheck.await(settings, topics, stop);
          return KafkaSink.open(settings, stop, tally);
        });
  }

  /** A gateway, over HTTP or MQTT. */
  public static Destination gateway(GatewayAddress address) {
    return new Destination(
        (stop, tally) ->
            address.isMqtt()
                ? MqttSink.open(address, stop, tally)
                : HttpSink.open(address, stop, tally));
  }

  /** A new Avro container file. */
  public static Destination avroFile(Path file) {
    return new Destination((stop, tally) -> AvroFileSink.open(file, tally));
  }

  /** Images in a new directory, with their labels beside them. */
  public static Destination images(Path directory) {
    return new Destination((stop, tally) -> ImageSink.open(directory, tally));
  }

  TelemetrySink open(StopSignal stop, Tally tally) throws InterruptedException {
    return opening.open(stop, tally);
  }
}
