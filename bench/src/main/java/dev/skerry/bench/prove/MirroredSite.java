package dev.skerry.bench.prove;

import dev.skerry.bench.process.BrokerProcess;
import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.traffic.BenchTopics;
import dev.skerry.local.mirror.MirrorMain;
import dev.skerry.schemas.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/** A site as the cloud sees it: a broker, a mirror and a feed, which can die and come back. */
final class MirroredSite implements AutoCloseable {

  private static final List<String> JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private final String name;
  private final Path directory;
  private final String cloud;
  private final List<Topic> topics;
  private BrokerProcess broker;
  private ChildJvm mirror;
  private SiteFeed feed;

  private MirroredSite(String name, Path directory, String cloud, List<Topic> topics)
      throws InterruptedException {
    this.name = name;
    this.directory = directory;
    this.cloud = cloud;
    this.topics = topics;
    this.broker = BrokerProcess.start(directory);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new BenchTopics(admin, broker.bootstrapServers()).createCatalogue();
    }
    this.mirror = startMirror();
    this.feed = startFeed(0);
  }

  /** Starts it under a directory of its name. */
  static MirroredSite start(String name, Path parent, String cloud, List<Topic> topics)
      throws InterruptedException {
    try {
      Path directory = Files.createDirectories(parent.resolve(name));
      return new MirroredSite(name, directory, cloud, topics);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ChildJvm startMirror() {
    Properties configuration = new Properties();
    configuration.put("kafka.bootstrap.servers", broker.bootstrapServers());
    configuration.put("mirror.alias", name);
    configuration.put("mirror.edge", broker.bootstrapServers());
    configuration.put("mirror.cloud", cloud);
    return ChildJvm.start("mirror", directory, JVM, MirrorMain.class, configuration);
  }

  private SiteFeed startFeed(long first) {
    return SiteFeed.start(name, broker.bootstrapServers(), topics, first);
  }

  String name() {
    return name;
  }

  ChildJvm mirror() {
    return mirror;
  }

  /** Kills the mirror and the broker; returns how many records each topic had. */
  long die() throws InterruptedException {
    mirror.kill();
    long written = feed.end();
    feed.close();
    broker.kill();
    return written;
  }

  /** Starts broker and mirror on the same data, and goes on writing. */
  void comeBack(long written) throws InterruptedException {
    broker = BrokerProcess.start(directory);
    mirror = startMirror();
    feed = startFeed(written);
  }

  /** Ends the feed, and returns how many records each topic has had. */
  long endFeed() throws InterruptedException {
    return feed.end();
  }

  @Override
  public void close() {
    feed.close();
    mirror.close();
    broker.close();
  }
}
