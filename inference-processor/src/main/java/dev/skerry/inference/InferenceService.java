package dev.skerry.inference;

import dev.skerry.inference.answer.Answers;
import dev.skerry.inference.batch.Diversion;
import dev.skerry.inference.batch.FrameRules;
import dev.skerry.inference.batch.RoundLimit;
import dev.skerry.inference.batch.Slice;
import dev.skerry.inference.batch.UnservedStreams;
import dev.skerry.inference.delivery.AtLeastOnce;
import dev.skerry.inference.delivery.Delivery;
import dev.skerry.inference.delivery.ExactlyOnce;
import dev.skerry.inference.delivery.Guarantee;
import dev.skerry.inference.lineup.CurrentLineup;
import dev.skerry.inference.lineup.Lineup;
import dev.skerry.inference.metrics.InferenceMetrics;
import dev.skerry.inference.metrics.Progress;
import dev.skerry.inference.model.InvalidModelException;
import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.Models;
import dev.skerry.inference.model.ProviderUnavailableException;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.inference.model.SessionSettings;
import dev.skerry.inference.overflow.OverflowState;
import dev.skerry.inference.release.ReleaseStart;
import dev.skerry.inference.release.Releases;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import dev.skerry.service.KafkaSettings;
import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import dev.skerry.service.Settings;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** The workers of one process and the models that they share; when one worker dies, all stop. */
public final class InferenceService implements Service {

  private final InferenceConfig config;
  private final Side side;
  private final WriterSchemas schemas;
  private final Observability observability;
  private final OverflowState overflow;
  private final WorkerThreads threads = new WorkerThreads();
  private final List<AutoCloseable> resources = new ArrayList<>();
  private volatile boolean modelsChecked;
  private boolean modelsWarm;

  /**
   * Loads and checks the models, and makes the workers.
   *
   * @throws ConfigException for a key or a file that cannot be, by name
   */
  public InferenceService(Settings settings, Observability observability) {
    this.observability = observability;
    this.config = Options.check(settings.get(InferenceConfig.class));
    this.side = side(config);
    this.schemas = settings.kafka().writerSchemas();
    observability
        .health()
        .ready(
            "models",
            () ->
                modelsChecked
                    ? Optional.empty()
                    : Optional.of("are being loaded, checked and warmed up"));
    this.overflow = new OverflowState(config.overflow(), observability.metrics());
    try {
      ModelLoader loader = new ModelLoader(SessionSettings.of(config, config.maxBatch()));
      Optional<ReleaseStart> releases = ReleaseParts.start(config, side);
      Models models = loadModels(loader);
      Lineup first =
          releases.map(start -> start.restore(models, loader)).orElse(Lineup.of(models.all()));
      InferenceMetrics metrics = new InferenceMetrics(observability.metrics(), first.models());
      CurrentLineup lineup = own(new CurrentLineup(first, model -> left(model, metrics)));
      first.models().forEach(this::sayProvider);
      addWorkers(settings.kafka(), lineup, metrics);
      if (models.takeFrames() && side == Side.EDGE) {
        addWorkersForFrames(settings.kafka(), lineup, metrics);
      }
      releases.ifPresent(start -> follow(start, settings.kafka(), lineup, loader, metrics));
      modelsChecked = true;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** In the cloud frames come with everything else that overflowed. */
  private static Side side(InferenceConfig config) {
    return config.topics().contains(Topics.TELEMETRY_OVERFLOW.name()) ? Side.CLOUD : Side.EDGE;
  }

  private void sayProvider(ServedModel model) {
    observability.health().say(model.describe(), "runs on " + model.provider().word());
  }

  private void left(ServedModel model, InferenceMetrics metrics) {
    metrics.leave(model);
    observability.health().forget(model.describe());
  }

  /** Models that come are warmed up in a slice of their own, and not by a worker. */
  private void follow(
      ReleaseStart start,
      KafkaSettings kafka,
      CurrentLineup lineup,
      ModelLoader loader,
      InferenceMetrics metrics) {
    Slice apart = newSlice(Lineup.of(List.of()), Diversion.NONE);
    Releases releases =
        own(
            ReleaseParts.follow(
                start,
                config,
                kafka,
                lineup,
                loader,
                model -> WarmUp.runInEachSize(apart, model),
                model -> {
                  metrics.serve(model);
                  sayProvider(model);
                },
                observability.metrics()));
    threads.add("releases", releases::run, releases::stop);
  }

  private Models loadModels(ModelLoader loader) {
    try {
      return Models.load(config.models(), loader);
    } catch (ProviderUnavailableException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    } catch (InvalidModelException e) {
      throw new ConfigException("inference.models: " + e.getMessage(), e);
    }
  }

  private void addWorkers(KafkaSettings kafka, CurrentLineup lineup, InferenceMetrics metrics) {
    for (int number = 0; number < config.workers(); number++) {
      String name = config.instance() + "-" + number;
      addWorker(new WorkerClients(kafka, config.group(), name), config.topics(), lineup, metrics);
    }
  }

  private void addWorkersForFrames(
      KafkaSettings kafka, CurrentLineup lineup, InferenceMetrics metrics) {
    InferenceConfig.Frames frames = config.frames();
    for (int number = 0; number < frames.workers(); number++) {
      String name = config.instance() + "-frames-" + number;
      addWorker(
          WorkerClients.forFrames(kafka, frames.group(), name, frames.maxPollRecords()),
          frames.topics(),
          lineup,
          metrics);
    }
  }

  private void addWorker(
      WorkerClients clients, List<String> topics, CurrentLineup lineup, InferenceMetrics metrics) {
    String name = clients.worker();
    Consumer<byte[], ByteBuffer> consumer = own(clients.until(config.rescoreUntil()).newConsumer());
    own(new KafkaClientMetrics(consumer)).bindTo(observability.metrics());
    Progress progress = new Progress(config.stallTimeout(), System::nanoTime);
    observability.health().live("worker " + name, progress::problem);
    StopSignal stopping = new StopSignal();
    Diversion diversion = overflow.forWorker(consumer);
    CurrentLineup.Seat seat = lineup.newSeat();
    Slice slice = newSlice(seat.take(), diversion);
    Answers answers = new Answers(config.siteId(), side, config.rescoreTo());
    if (!modelsWarm) {
      warmUp(slice, answers);
    }
    InferenceWorker worker =
        new InferenceWorker(
            consumer,
            delivery(clients, consumer, stopping),
            new RoundLimit(latencyTarget(lineup.get()), Integer.MAX_VALUE),
            diversion,
            seat,
            slice,
            answers,
            metrics,
            observability.traces(),
            progress,
            stopping,
            InstantSource.system());
    threads.add(name, () -> worker.run(topics), worker::stop);
  }

  private Slice newSlice(Lineup lineup, Diversion diversion) {
    return new Slice(
        lineup,
        config.maxBatch(),
        frameRules(),
        new UnservedStreams(config.unserved()),
        diversion,
        schemas);
  }

  private FrameRules frameRules() {
    return new FrameRules(config.frames().maxBatch(), config.frames().maxPixels());
  }

  /** Workers share the models, so that one of them warms them for all. */
  private void warmUp(Slice slice, Answers answers) {
    try {
      new WarmUp(slice, answers).run();
      modelsWarm = true;
    } catch (InvalidModelException e) {
      throw new ConfigException("inference.models: " + e.getMessage(), e);
    }
  }

  /** A round holds records of all models, so that the shortest of their targets counts. */
  private Optional<Duration> latencyTarget(Lineup lineup) {
    return config
        .latencyTarget()
        .or(
            () ->
                lineup.models().stream()
                    .map(model -> model.contract().latencyTargetMillis())
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .map(millis -> Duration.ofNanos((long) (millis * 1e6))));
  }

  private Delivery delivery(
      WorkerClients clients, Consumer<byte[], ByteBuffer> consumer, StopSignal stopping) {
    if (config.guarantee() == Guarantee.AT_LEAST_ONCE) {
      return new AtLeastOnce(
          consumer, measured(clients.newIdempotentProducer()), stopping::isGiven);
    }
    return new ExactlyOnce(
        consumer,
        List.of(measured(clients.newProducer()), measured(clients.newSecondProducer())),
        stopping::isGiven);
  }

  private Producer<byte[], byte[]> measured(Producer<byte[], byte[]> producer) {
    own(producer);
    own(new KafkaClientMetrics(producer)).bindTo(observability.metrics());
    return producer;
  }

  private <T extends AutoCloseable> T own(T resource) {
    resources.add(resource);
    return resource;
  }

  @Override
  public void run() throws Exception {
    threads.run();
  }

  @Override
  public void stop() {
    threads.stop();
  }

  /** Frees clients and models, the last taken first. */
  @Override
  public void close() {
    for (int i = resources.size() - 1; i >= 0; i--) {
      Closing.close(resources.get(i));
    }
    resources.clear();
  }
}
