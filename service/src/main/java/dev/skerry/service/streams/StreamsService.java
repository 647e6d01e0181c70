package dev.skerry.service.streams;

import static org.apache.kafka.streams.StreamsConfig.APPLICATION_ID_CONFIG;

import dev.skerry.service.ConfigException;
import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * A Kafka Streams topology as a {@link Service}. A stream thread that dies ends {@link #run} with
 * its reason: the process is never half alive. Ready when every task runs; alive while the group's
 * committed offsets move wherever there is something to read, or while records wait for a schema.
 */
public final class StreamsService implements Service {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

  private final KafkaStreams streams;
  private final Set<String> sourceTopics;
  private final ReadProgress progress;
  private final Parking parking;
  private final KafkaStreamsMetrics metrics;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /**
   * Prepares the topology's run; nothing happens before {@link #run}.
   *
   * @param properties from {@link StreamsSettings}
   * @param progress of the same application; closed with this
   * @param parking keeps back what cannot be read yet
   * @throws ConfigException for a setting that Kafka Streams refuses
   */
  public StreamsService(
      Topology topology,
      Properties properties,
      ReadProgress progress,
      Parking parking,
      Observability observability) {
    String application = properties.getProperty(APPLICATION_ID_CONFIG);
    this.sourceTopics = SourceTopics.of(application, topology);
    this.streams =
        streams(topology, properties, new ParkingClients(parking, observability.traces()));
    this.progress = progress;
    this.parking = parking;
    this.metrics = new KafkaStreamsMetrics(streams);
    metrics.bindTo(observability.metrics());
    Gauge.builder("skerry.streams.lag.records", progress, ReadProgress::lagForMetrics)
        .description("Records of all inputs and internal topics that are not processed yet")
        .tag("application", application)
        .register(observability.metrics());
    parking.bindTo(observability.metrics(), application);
    observability.health().ready(application, this::notRunning);
    observability.health().live(application, this::notAlive);
    streams.setUncaughtExceptionHandler(this::fail);
    streams.setStateListener((state, previous) -> endOn(state));
  }

  private static KafkaStreams streams(
      Topology topology, Properties properties, ParkingClients clients) {
    try {
      return new KafkaStreams(topology, properties, clients);
    } catch (org.apache.kafka.common.config.ConfigException e) {
      throw new ConfigException("A setting under kafka. is wrong: " + e.getMessage(), e);
    }
  }

  @Override
  public void run() throws InterruptedException {
    progress.start(sourceTopics);
    streams.start();
    stopped.await();
    boolean closed = streams.close(CLOSE_TIMEOUT);
    Throwable reason = failure.get();
    if (reason != null) {
      throw new StreamsException("A stream thread died: " + reason.getMessage(), reason);
    }
    if (!closed) {
      throw new StreamsException("The stream threads did not stop within " + CLOSE_TIMEOUT);
    }
  }

  @Override
  public void stop() {
    stopped.countDown();
  }

  @Override
  public void close() {
    streams.close(CLOSE_TIMEOUT);
    metrics.close();
    progress.close();
  }

  private StreamThreadExceptionResponse fail(Throwable reason) {
    failure.compareAndSet(null, reason);
    stopped.countDown();
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private void endOn(KafkaStreams.State state) {
    if (state == KafkaStreams.State.ERROR) {
      failure.compareAndSet(null, new StreamsException("Kafka Streams went into its error state"));
      stopped.countDown();
    }
  }

  private Optional<String> notRunning() {
    KafkaStreams.State state = streams.state();
    return state == KafkaStreams.State.RUNNING
        ? Optional.empty()
        : Optional.of("Kafka Streams is " + state);
  }

  private Optional<String> notAlive() {
    // While state is restored nothing is committed, and a restart would only begin that anew.
    // Nor does one help a record that waits for an upgrade.
    boolean patient = streams.state() != KafkaStreams.State.RUNNING || parking.isWaiting();
    return patient ? Optional.empty() : progress.stalled();
  }
}
