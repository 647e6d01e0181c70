package dev.skerry.bench.link;

import dev.skerry.local.link.LinkProxy;
import dev.skerry.local.site.SitePort;
import dev.skerry.local.site.SitePorts;
import dev.skerry.schemas.topic.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Properties;

/** A cloud's broker behind a link of its own. Belongs to one thread. */
public final class FarEnd implements AutoCloseable {

  private final LinkProxy link;
  private final LinkBroker broker;

  private FarEnd(LinkProxy link, LinkBroker broker) {
    this.link = link;
    this.broker = broker;
  }

  /** Starts it; the link is up. */
  public static FarEnd start(String name, Path directory) throws InterruptedException {
    SitePorts ports = SitePorts.free();
    int linkEnd = ports.number(SitePort.LINK_END);
    LinkProxy link = link(ports.number(SitePort.LINK), linkEnd);
    Properties configuration = new Properties();
    configuration.put("broker.port", Integer.toString(ports.number(SitePort.CLOUD)));
    configuration.put(
        "broker.controller.port", Integer.toString(ports.number(SitePort.CLOUD_CONTROLLER)));
    configuration.put("broker.listener.LINK.port", Integer.toString(linkEnd));
    configuration.put("broker.listener.LINK.advertised", link.address());
    return new FarEnd(link, LinkBroker.start(Side.CLOUD, name, directory, configuration));
  }

  private static LinkProxy link(int port, int linkEnd) {
    try {
      return LinkProxy.start(
          port, new InetSocketAddress(InetAddress.getLoopbackAddress(), linkEnd));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public LinkProxy link() {
    return link;
  }

  public LinkBroker broker() {
    return broker;
  }

  @Override
  public void close() {
    link.close();
    broker.close();
  }
}
