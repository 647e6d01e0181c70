package dev.skerry.bench.prove.ledger;

import dev.skerry.aggregator.AggregatorMain;
import dev.skerry.bench.process.BrokerProcess;
import dev.skerry.bench.process.ChildJvm;
import dev.skerry.local.mirror.MirrorMain;
import dev.skerry.local.topic.GroupOffsets;
import dev.skerry.local.topic.TopicSetup;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * A site and its cloud: a broker at each end with the catalogue's topics, and the parts that run
 * there, each in a process of its own and configured as {@code ./skerry up} does it.
 */
final class LinkedSite implements AutoCloseable {

  static final String SITE_ID = "site-1";

  /** All transactions of the aggregator begin with it, its ledger's too. */
  static final String APPLICATION = "skerry-aggregator";

  private static final String LEDGER_GROUP = APPLICATION + "-ledger";

  private static final List<String> JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:TieredStopAtLevel=1");

  private final Path directory;
  private final BrokerProcess edge;
  private final BrokerProcess cloud;
  private final Admin edgeAdmin;
  private final Admin cloudAdmin;

  private LinkedSite(Path directory, BrokerProcess edge, BrokerProcess cloud) {
    this.directory = directory;
    this.edge = edge;
    this.cloud = cloud;
    this.edgeAdmin = Admin.create(Map.of("bootstrap.servers", edge.bootstrapServers()));
    this.cloudAdmin = Admin.create(Map.of("bootstrap.servers", cloud.bootstrapServers()));
  }

  static LinkedSite start(Path directory) throws InterruptedException {
    LinkedSite site =
        new LinkedSite(
            directory,
            BrokerProcess.start(make(directory.resolve("edge"))),
            BrokerProcess.start(make(directory.resolve("cloud"))));
    for (Side side : Side.values()) {
      TopicSetup.ensure(site.admin(side), side);
    }
    return site;
  }

  private static Path make(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** MirrorMaker 2, as a site's mirror runs it; it goes on where the one before left off. */
  ChildJvm mirror() {
    Properties configuration = new Properties();
    configuration.put("kafka.bootstrap.servers", edge.bootstrapServers());
    configuration.put("mirror.edge", edge.bootstrapServers());
    configuration.put("mirror.cloud", cloud.bootstrapServers());
    return ChildJvm.start("mirror", directory, JVM, MirrorMain.class, configuration);
  }

  /** The aggregator of one side, with its ledger; it goes on where the one before left off. */
  ChildJvm aggregator(Side side) {
    Path own = home(side);
    Properties configuration = new Properties();
    configuration.put("kafka.bootstrap.servers", bootstrapServers(side));
    configuration.put("aggregator.side", side == Side.EDGE ? "edge" : "cloud");
    configuration.put("aggregator.site-id", side == Side.EDGE ? SITE_ID : "cloud");
    configuration.put("aggregator.application-id", APPLICATION);
    configuration.put("aggregator.state-dir", own.resolve("state").toString());
    return ChildJvm.start("aggregator", own, JVM, AggregatorMain.class, configuration);
  }

  private Path home(Side side) {
    return directory.resolve(side == Side.EDGE ? "edge" : "cloud");
  }

  /** How far the ledger of one side is in a topic, by partition. */
  Map<TopicPartition, Long> counted(Side side, Topic topic) throws InterruptedException {
    Map<TopicPartition, Long> committed = GroupOffsets.committed(admin(side), LEDGER_GROUP);
    committed.keySet().removeIf(partition -> !partition.topic().equals(topic.name()));
    return committed;
  }

  String bootstrapServers(Side side) {
    return side == Side.EDGE ? edge.bootstrapServers() : cloud.bootstrapServers();
  }

  Admin admin(Side side) {
    return side == Side.EDGE ? edgeAdmin : cloudAdmin;
  }

  @Override
  public void close() {
    edgeAdmin.close();
    cloudAdmin.close();
    cloud.close();
    edge.close();
  }
}
