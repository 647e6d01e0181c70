package dev.skerry.local.site;

import dev.skerry.local.access.AccessSetup;
import dev.skerry.local.topic.TopicSetup;
import dev.skerry.schemas.access.KafkaUsers;
import dev.skerry.schemas.topic.Side;
import org.apache.kafka.clients.admin.Admin;

/** Who may do what at a site: certificates before its brokers start, topics and ACLs after. */
final class SiteAccess {

  private SiteAccess() {}

  /** Issues what certificates are missing, and writes down how people reach the brokers. */
  static void prepare(SiteSettings settings) {
    SiteBrokers brokers = settings.brokers();
    brokers
        .certificates()
        .ifPresent(
            certificates -> {
              certificates.ensureAtTheEdge(SiteBrokers.usersAtTheEdge());
              if (settings.cloud() instanceof SiteCloud.Own) {
                certificates.ensureInTheCloud(brokers.usersInTheCloud());
              }
            });
    settings.seals().ifPresent(seals -> seals.ensure(settings.id()));
    settings.files().writeClientSettings("edge", brokers.edge(KafkaUsers.OPERATOR).forPeople());
    brokers
        .cloud(KafkaUsers.OPERATOR)
        .ifPresent(cloud -> settings.files().writeClientSettings("cloud", cloud.forPeople()));
  }

  static void openTheEdge(SiteSettings settings, Admin admin) throws InterruptedException {
    TopicSetup.ensure(admin, Side.EDGE);
    if (settings.isSecure()) {
      AccessSetup.ensure(admin, SiteBrokers.usersAtTheEdge());
    }
  }

  static void openTheCloud(SiteSettings settings, Admin admin) throws InterruptedException {
    TopicSetup.ensure(admin, Side.CLOUD);
    if (settings.isSecure()) {
      AccessSetup.ensure(admin, settings.brokers().usersInTheCloud());
    }
  }
}
