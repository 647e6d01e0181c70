package dev.skerry.bench.link;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.local.link.LinkProxy;
import dev.skerry.local.mirror.MirrorMain;
import dev.skerry.local.site.SitePort;
import dev.skerry.local.site.SitePorts;
import dev.skerry.schemas.topic.Side;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A site's broker, the cloud's broker and the link between them; the mirror comes in through the
 * link. Belongs to one thread.
 */
public final class LinkSite implements AutoCloseable {

  /** What the mirror is called at the cloud. */
  public static final String ALIAS = "edge";

  /** The JVM in which {@code ./skerry up} runs the mirror. */
  private static final List<String> MIRROR_JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:TieredStopAtLevel=1");

  private final Path directory;
  private final LinkBroker edge;
  private final FarEnd far;

  private LinkSite(Path directory, LinkBroker edge, FarEnd far) {
    this.directory = directory;
    this.edge = edge;
    this.far = far;
  }

  /** Starts both brokers with their topics; the link is up and there is no mirror yet. */
  public static LinkSite start(Path directory) throws InterruptedException {
    SitePorts ports = SitePorts.free();
    Properties configuration = new Properties();
    configuration.put("broker.port", Integer.toString(ports.number(SitePort.EDGE)));
    configuration.put(
        "broker.controller.port", Integer.toString(ports.number(SitePort.EDGE_CONTROLLER)));
    LinkBroker edge = LinkBroker.start(Side.EDGE, "edge-broker", directory, configuration);
    return new LinkSite(directory, edge, FarEnd.start("cloud-broker", directory));
  }

  /** Starts the mirror where the one before left off, if there was one. */
  public ChildJvm startMirror(Map<String, String> settings) {
    Properties configuration = new Properties();
    configuration.put("kafka.bootstrap.servers", edge.bootstrapServers());
    configuration.put("mirror.alias", ALIAS);
    configuration.put("mirror.edge", edge.bootstrapServers());
    configuration.put("mirror.cloud", far.link().address());
    configuration.putAll(settings);
    return ChildJvm.start("mirror", directory, MIRROR_JVM, MirrorMain.class, configuration);
  }

  public LinkProxy link() {
    return far.link();
  }

  public LinkBroker edge() {
    return edge;
  }

  public LinkBroker cloud() {
    return far.broker();
  }

  /** Where its data and logs are. */
  public Path directory() {
    return directory;
  }

  @Override
  public void close() {
    far.close();
    edge.close();
  }
}
