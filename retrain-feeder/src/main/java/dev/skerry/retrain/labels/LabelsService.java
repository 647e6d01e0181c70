package dev.skerry.retrain.labels;

import dev.skerry.schemas.Label;
import dev.skerry.service.ConfigException;
import dev.skerry.service.KafkaSettings;
import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import dev.skerry.service.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The labelling, where the samples of all sites come together: follows samples and labels, shows
 * the newest over HTTP, writes labels, and those itself that the telemetry's attributes say. It
 * keeps nothing but what the topics keep.
 */
public final class LabelsService implements Service {

  private static final Logger log = LoggerFactory.getLogger(LabelsService.class);

  private final SampleRecords records;
  private final LabelWriter writer;
  private final TopicFollower follower;
  private final LabelsEndpoint endpoint;
  private volatile boolean stopping;
  private volatile boolean readWhatWasThere;

  private LabelsService(LabelsConfig config, KafkaSettings kafka, Observability observability) {
    Clock clock = Clock.systemUTC();
    AutomaticLabels automatic = AutomaticLabels.of(config.automatic().orElse(List.of()), clock);
    Map<String, Set<String>> classes =
        StreamValues.parse("labels.classes", config.classes().orElse(List.of()));
    SampleIndex index = new SampleIndex(config.keepSamples());
    this.records = SampleRecords.of(kafka);
    this.writer = LabelWriter.of(kafka);
    LabelDesk desk = new LabelDesk(index, records, writer, classes, observability.metrics(), clock);
    this.follower =
        TopicFollower.of(
            kafka,
            index,
            config.keepSamples(),
            sample -> automatic.of(sample).ifPresent(label -> write(label, desk)));
    this.endpoint = LabelsEndpoint.start(config.http(), desk);
    bind(index, observability.metrics());
    observability
        .health()
        .ready(
            "labels",
            () ->
                readWhatWasThere
                    ? Optional.empty()
                    : Optional.of("samples and labels that are there are still being read"));
  }

  /**
   * The service, listening and not yet running.
   *
   * @param settings loaded with {@link LabelsConfig}
   * @throws ConfigException where a setting is wrong or the port is taken
   */
  public static LabelsService create(Settings settings, Observability observability) {
    LabelsConfig config = settings.get(LabelsConfig.class);
    if (config.keepSamples() < 1) {
      throw new ConfigException(
          "labels.keep-samples is " + config.keepSamples() + "; give 1 or more");
    }
    return new LabelsService(config, settings.kafka(), observability);
  }

  /** What Kafka does not take now it takes later. */
  private void write(Label label, LabelDesk desk) {
    while (!stopping) {
      try {
        desk.write(List.of(label));
        return;
      } catch (Refused e) {
        log.warn("The automatic label of {} waits: {}", label.getSampleId(), e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void bind(SampleIndex index, MeterRegistry metrics) {
    Gauge.builder("skerry.labels.unlabelled.samples", index, i -> i.counts(null).unlabelled())
        .description("Samples among the newest of which nobody has said what is true")
        .register(metrics);
  }

  /** The port that the endpoint listens on. */
  public int port() {
    return endpoint.port();
  }

  @Override
  public void run() {
    follower.readWhatIsThere(() -> stopping);
    readWhatWasThere = true;
    log.info("labelling on port {}", endpoint.port());
    while (!stopping) {
      follower.readWhatComes();
    }
  }

  @Override
  public void stop() {
    stopping = true;
  }

  @Override
  public void close() {
    endpoint.close();
    follower.close();
    records.close();
    writer.close();
  }
}
