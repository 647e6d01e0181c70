package dev.skerry.local.site;

import dev.skerry.local.topic.Broker;
import dev.skerry.schemas.access.KafkaUser;
import dev.skerry.schemas.access.KafkaUsers;
import dev.skerry.schemas.access.MirrorNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How processes reach the brokers of a site: plainly, or each as a user with a certificate.
 *
 * @param settings the site's
 * @param certificates empty for plain brokers
 */
record SiteBrokers(SiteSettings settings, Optional<SiteCertificates> certificates) {

  /** The mirror of the first site has this name, as it always had. */
  static final String FIRST_ALIAS = "edge";

  private static final String CLOUD_ALIAS = "cloud";

  /** The site's own, for a user. */
  Broker edge(String user) {
    return new Broker(
        settings.ports().address(SitePort.EDGE),
        certificates.map(of -> SiteCertificates.client(of.edge(), user)).orElse(Map.of()));
  }

  /** The cloud's, for a user; empty where there is none. */
  Optional<Broker> cloud(String user) {
    return settings.cloudAddress().map(address -> cloudAt(address, user));
  }

  /** The same for the site's mirror, through the link. */
  Broker throughTheLink() {
    return cloudAt(
        settings.ports().address(SitePort.LINK), KafkaUsers.siteMirrorName(settings.id()));
  }

  private Broker cloudAt(String address, String user) {
    return new Broker(
        address,
        certificates.map(of -> SiteCertificates.client(of.cloud(), user)).orElse(Map.of()));
  }

  /** What the mirror calls the site. */
  String alias() {
    return alias(settings.id());
  }

  private static String alias(String site) {
    return site.equals(SiteSettings.FIRST_ID) ? FIRST_ALIAS : site;
  }

  /** The users of the site's broker. */
  static List<KafkaUser> usersAtTheEdge() {
    return KafkaUsers.atTheEdge(List.of(MirrorNames.dedicated(CLOUD_ALIAS)));
  }

  /** The users of the cloud's broker, the mirrors of all its sites among them. */
  List<KafkaUser> usersInTheCloud() {
    List<KafkaUser> users = new ArrayList<>(KafkaUsers.inTheCloud());
    List<String> sites = new ArrayList<>(List.of(settings.id()));
    sites.addAll(settings.furtherSites());
    for (String site : sites) {
      users.add(
          KafkaUsers.siteMirror(
              site,
              List.of(
                  MirrorNames.dedicated(alias(site)),
                  MirrorNames.dedicated(alias(site) + "-bulk"))));
    }
    return users;
  }
}
