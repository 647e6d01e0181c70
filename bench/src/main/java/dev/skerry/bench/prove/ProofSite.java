package dev.skerry.bench.prove;

import dev.skerry.bench.process.BrokerProcess;
import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.subject.Subject;
import dev.skerry.bench.traffic.AnswerCheck;
import dev.skerry.bench.traffic.BenchTopics;
import dev.skerry.bench.traffic.GroupProgress;
import dev.skerry.bench.workload.ExpectedScores;
import dev.skerry.bench.workload.ScoredStream;
import dev.skerry.bench.workload.TelemetryPool;
import dev.skerry.bench.workload.Workload;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * What a proof needs of a site: a broker, telemetry for a light model, and instances of the
 * inference processor, each in a process of its own.
 */
final class ProofSite implements AutoCloseable {

  static final String GROUP = "skerry-inference";

  private final Path directory;
  private final String bootstrapServers;
  private final Runnable stopBroker;
  private final Admin admin;
  private final Map<String, Path> modelByStream = new HashMap<>();
  private final TelemetryPool pool;

  private ProofSite(Path directory, long seed, String bootstrapServers, Runnable stopBroker) {
    this.directory = directory;
    this.bootstrapServers = bootstrapServers;
    this.stopBroker = stopBroker;
    for (ScoredStream stream : Workload.MLP.streams()) {
      modelByStream.put(stream.stream(), stream.write(seed, directory));
    }
    this.pool = TelemetryPool.of(Workload.MLP, seed);
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Starts the broker and makes the topics. */
  static ProofSite start(Path directory, long seed) throws InterruptedException {
    BrokerProcess broker = BrokerProcess.start(directory);
    ProofSite site = new ProofSite(directory, seed, broker.bootstrapServers(), broker::close);
    site.topics().createCatalogue();
    return site;
  }

  /** At a broker that has its topics already, and is left as it is in the end. */
  static ProofSite at(String bootstrapServers, Path directory, long seed) {
    return new ProofSite(directory, seed, bootstrapServers, () -> {});
  }

  /** Starts an instance of the processor; a second start of a name takes the first one's place. */
  ChildJvm processor(String instance, List<String> jvmOptions) {
    return processor(instance, jvmOptions, Map.of());
  }

  /** Starts one with more settings. */
  ChildJvm processor(String instance, List<String> jvmOptions, Map<String, String> more) {
    Properties configuration = new Properties();
    configuration.put("kafka.bootstrap.servers", bootstrapServers);
    configuration.put("inference.site-id", "site-1");
    configuration.put("inference.models", directory.toString());
    configuration.put("inference.group", GROUP);
    configuration.put("inference.topics", Topics.TELEMETRY.name());
    configuration.put("inference.instance", instance);
    configuration.putAll(more);
    return Subject.SKERRY.start("processor-" + instance, directory, jvmOptions, configuration);
  }

  GroupProgress progress(ChildJvm processor) {
    return new GroupProgress(admin, GROUP, processor);
  }

  SteadyFeed feed(double recordsPerSecond) {
    return SteadyFeed.start(bootstrapServers, pool, Topics.TELEMETRY.name(), recordsPerSecond);
  }

  /** What an independent reader finds of answers to the first so many records. */
  AnswerCheck.Report check(long questions) {
    Map<TopicPartition, Long> beginnings = new HashMap<>();
    topics().ends(Topics.DETECTIONS).keySet().forEach(partition -> beginnings.put(partition, 0L));
    return AnswerCheck.detections(
        bootstrapServers, beginnings, questions, ExpectedScores.of(pool, modelByStream));
  }

  long deadLetters() {
    return topics().ends(Topics.DEAD_LETTERS).values().stream().mapToLong(Long::longValue).sum();
  }

  BenchTopics topics() {
    return new BenchTopics(admin, bootstrapServers);
  }

  Admin admin() {
    return admin;
  }

  TelemetryPool pool() {
    return pool;
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    admin.close();
    stopBroker.run();
  }
}
