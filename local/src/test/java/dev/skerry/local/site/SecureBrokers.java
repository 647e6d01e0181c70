package dev.skerry.local.site;

import dev.skerry.broker.KafkaNode;
import dev.skerry.broker.NodeSecurity;
import dev.skerry.local.certificate.Authority;
import dev.skerry.local.link.LinkProxy;
import dev.skerry.local.topic.Broker;
import dev.skerry.schemas.access.KafkaUser;
import dev.skerry.service.tls.RotatingSslEngineFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The two brokers of a secure site within this JVM, with all its users, and the link between. */
final class SecureBrokers implements AutoCloseable {

  private final SiteSettings settings;
  private final KafkaNode edge;
  private final KafkaNode cloud;
  private final LinkProxy link;

  private SecureBrokers(SiteSettings settings, KafkaNode edge, KafkaNode cloud, LinkProxy link) {
    this.settings = settings;
    this.edge = edge;
    this.cloud = cloud;
    this.link = link;
  }

  static SecureBrokers start(SiteSettings settings) throws Exception {
    settings.files().create();
    SiteAccess.prepare(settings);
    SiteCertificates certificates = settings.brokers().certificates().orElseThrow();
    KafkaNode edge =
        KafkaNode.start(
            node(settings, "edge", certificates.edge(), SiteCertificates.EDGE_BROKER)
                .withPort(settings.ports().number(SitePort.EDGE))
                .withControllerPort(settings.ports().number(SitePort.EDGE_CONTROLLER)));
    KafkaNode cloud =
        KafkaNode.start(
            node(settings, "cloud", certificates.cloud(), SiteCertificates.CLOUD_BROKER)
                .withPort(settings.ports().number(SitePort.CLOUD))
                .withControllerPort(settings.ports().number(SitePort.CLOUD_CONTROLLER))
                .withListener(
                    "LINK",
                    settings.ports().number(SitePort.LINK_END),
                    settings.ports().address(SitePort.LINK)));
    LinkProxy link =
        LinkProxy.start(
            settings.ports().number(SitePort.LINK),
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), settings.ports().number(SitePort.LINK_END)));
    SecureBrokers brokers = new SecureBrokers(settings, edge, cloud, link);
    brokers.grantAll();
    return brokers;
  }

  private static KafkaNode.Settings node(
      SiteSettings settings, String name, Path authority, String broker) {
    return KafkaNode.Settings.of(settings.files().broker(name))
        .withSecurity(
            new NodeSecurity(
                Authority.certificate(authority, broker),
                Authority.trusted(authority),
                List.of(KafkaUser.principal(broker), KafkaUser.principal(SiteCertificates.KEEPER))))
        .withProperties(
            Map.of(
                "ssl.engine.factory.class", RotatingSslEngineFactory.class.getName(),
                "authorizer.class.name", RecordingAuthorizer.class.getName()));
  }

  /** Gives each user what it is described with, and no more. */
  void grantAll() throws InterruptedException {
    try (Admin admin = edge(SiteCertificates.KEEPER).admin()) {
      SiteAccess.openTheEdge(settings, admin);
    }
    try (Admin admin = cloud(SiteCertificates.KEEPER).admin()) {
      SiteAccess.openTheCloud(settings, admin);
    }
  }

  Broker edge(String user) {
    return settings.brokers().edge(user);
  }

  Broker cloud(String user) {
    return settings.brokers().cloud(user).orElseThrow();
  }

  /** For who comes with settings of his own. */
  Broker edge(Map<String, String> security) {
    return new Broker(edge.bootstrapServers(), security);
  }

  LinkProxy link() {
    return link;
  }

  @Override
  public void close() {
    link.close();
    edge.close();
    cloud.close();
  }
}
