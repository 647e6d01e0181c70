package dev.skerry.bench.inference;

import dev.skerry.bench.process.BrokerProcess;
import dev.skerry.bench.subject.AnswerSize;
import dev.skerry.bench.subject.StreamsTuning;
import dev.skerry.bench.subject.Subject;
import dev.skerry.bench.traffic.BenchTopics;
import dev.skerry.bench.workload.ExpectedScores;
import dev.skerry.bench.workload.ScoredStream;
import dev.skerry.bench.workload.TelemetryPool;
import dev.skerry.bench.workload.Workload;
import dev.skerry.broker.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** A broker and one workload's models and records: all that the subjects have in common. */
final class Stage {

  private final BrokerProcess broker;
  private final Admin admin;
  private final Path directory;
  private final Workload workload;
  private final Map<String, Path> modelByStream = new HashMap<>();
  private final TelemetryPool pool;
  private final ExpectedScores expected;
  private final int answerBytes;
  private int workers;

  Stage(BrokerProcess broker, Admin admin, Path directory, Workload workload, long seed) {
    this.broker = broker;
    this.admin = admin;
    this.directory = directory;
    this.workload = workload;
    for (ScoredStream stream : workload.streams()) {
      modelByStream.put(stream.stream(), stream.write(seed, models()));
    }
    this.pool = TelemetryPool.of(workload, seed);
    this.expected = ExpectedScores.of(pool, modelByStream);
    this.answerBytes = AnswerSize.mean(pool, expected, modelByStream, "telemetry-" + workload.id());
  }

  private Path models() {
    try {
      return Files.createDirectories(directory.resolve("models-" + workload.id()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the next worker works: always in a group of its own. */
  Subject.Place place(Subject subject, String topic, StreamsTuning streams) {
    workers++;
    return new Subject.Place(
        broker.bootstrapServers(),
        topic,
        workload.isOfFrames(),
        "%s-%s-%d".formatted(subject.id(), workload.id(), workers),
        models(),
        directory,
        answerBytes,
        FreePorts.next(),
        streams);
  }

  Workload workload() {
    return workload;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  Duration brokerCpu() {
    return broker.cpu();
  }

  Admin admin() {
    return admin;
  }

  BenchTopics topics() {
    return new BenchTopics(admin, broker.bootstrapServers());
  }

  Path directory() {
    return directory;
  }

  TelemetryPool pool() {
    return pool;
  }

  ExpectedScores expected() {
    return expected;
  }
}
