package dev.skerry.retrain.loop;

import dev.skerry.retrain.dataset.DatasetBuilder;
import dev.skerry.retrain.dataset.Datasets;
import dev.skerry.retrain.dataset.IntakeMetrics;
import dev.skerry.retrain.dataset.Intaking;
import dev.skerry.retrain.dataset.LabelledCounts;
import dev.skerry.retrain.dataset.SampleStore;
import dev.skerry.retrain.dataset.SplitRule;
import dev.skerry.retrain.gate.Gate;
import dev.skerry.retrain.train.candidate.CommandTrainer;
import dev.skerry.retrain.train.candidate.KnownData;
import dev.skerry.retrain.train.candidate.Trainer;
import dev.skerry.retrain.train.candidate.VibrationTrainer;
import dev.skerry.schemas.model.InvalidContractException;
import dev.skerry.schemas.release.InvalidKeyFileException;
import dev.skerry.schemas.release.SigningKey;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.service.ConfigException;
import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import dev.skerry.service.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the circle from its settings, for a process of its own or within another. */
public final class RetrainService {

  private static final Logger log = LoggerFactory.getLogger(RetrainService.class);

  private RetrainService() {}

  /**
   * The service, not yet running.
   *
   * @param settings loaded with {@link DatasetConfig}, {@link TrainConfig} and {@link GateConfig}
   */
  public static Service create(Settings settings, Observability observability) throws IOException {
    DatasetConfig dataset = settings.get(DatasetConfig.class);
    TrainConfig train = settings.get(TrainConfig.class);
    GateConfig gate = settings.get(GateConfig.class);
    LoopClients clients = new LoopClients(settings.kafka());
    Champion champion = champion(dataset, train, clients);
    WriterSchemas schemas = settings.kafka().writerSchemas();
    SplitRule rule = rule(dataset);
    Optional<SigningKey> key = key(gate);
    SampleStore store = SampleStore.open(dataset.directory().resolve("store"));
    KafkaConsumer<byte[], byte[]> intakeConsumer = clients.newIntake();
    KafkaConsumer<byte[], byte[]> newsConsumer = clients.newReader();
    LabelledCounts counts = new LabelledCounts(store, schemas);
    KnownData known = new KnownData(train.known().training(), train.known().heldOut());
    Trainings trainings = Trainings.of(dataset.directory(), dataset.stream());
    Clock clock = Clock.systemUTC();
    Underway underway = new Underway();
    Trigger trigger =
        new Trigger(
            train.afterLabels(), train.afterLabelsInDrift(), train.every(), train.minInterval());
    LoopBoard board =
        new LoopBoard(
            dataset.stream(),
            champion,
            trigger,
            underway,
            new LoopMetrics(observability.metrics(), dataset.stream()));
    RetrainLoop loop =
        new RetrainLoop(
            new RetrainLoop.Parts(
                dataset.stream(),
                new Intaking(
                    intakeConsumer,
                    store,
                    schemas,
                    counts,
                    new IntakeMetrics(observability.metrics()),
                    clock),
                counts,
                new CloudNews(newsConsumer, schemas, clock),
                champion,
                new DatasetBuilder(
                    store, schemas, new Datasets(dataset.directory().resolve("datasets")), rule),
                new Attempt(
                    trainer(train, gate, known, champion),
                    new Gate(gate.rules()),
                    known,
                    trainings,
                    underway,
                    clock),
                trainings,
                trigger,
                key.map(
                    signing ->
                        new Publication(signing, clients::newProducer, gate.canaryPolicy(), clock)),
                board,
                clock,
                () -> {
                  intakeConsumer.close();
                  newsConsumer.close();
                  store.close();
                }));
    new LoopEndpoint(loop::ask, board, trainings).serveAt(observability);
    return loop;
  }

  private static Champion champion(DatasetConfig dataset, TrainConfig train, LoopClients clients) {
    Champion champion;
    try {
      champion =
          new Champion(
              train.champion(), dataset.directory().resolve("releases"), clients::newReader);
    } catch (InvalidContractException | java.io.UncheckedIOException e) {
      throw new ConfigException(
          "train.champion " + train.champion() + " cannot be: " + e.getMessage(), e);
    }
    if (!champion.stream().equals(dataset.stream())) {
      throw new ConfigException(
          "train.champion answers the stream %s, and dataset.stream is %s"
              .formatted(champion.stream(), dataset.stream()));
    }
    return champion;
  }

  private static SplitRule rule(DatasetConfig dataset) {
    try {
      return new SplitRule(dataset.validationShare());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Trainer trainer(
      TrainConfig train, GateConfig gate, KnownData known, Champion champion) {
    if (train.command().isEmpty() && champion.isOfFrames()) {
      throw new ConfigException(
          "train.command is missing: the embedded trainer makes classifiers of machine faults, and"
              + " train.champion takes frames");
    }
    return train
        .command()
        .<Trainer>map(command -> new CommandTrainer(command, train.commandTimeout(), known))
        .orElseGet(
            () ->
                new VibrationTrainer(
                    known, train.minClassSamples(), gate.minClassWindows(), train.seed()));
  }

  private static Optional<SigningKey> key(GateConfig gate) {
    Optional<Path> file = gate.key();
    if (file.isEmpty()) {
      log.warn("gate.key is not set: what passes the gate is not published");
      return Optional.empty();
    }
    try {
      return Optional.of(SigningKey.read(file.get()));
    } catch (InvalidKeyFileException e) {
      throw new ConfigException("gate.key: " + e.getMessage(), e);
    }
  }
}
