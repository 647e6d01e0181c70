package dev.skerry.local.site;

import dev.skerry.local.certificate.Authority;
import dev.skerry.schemas.access.KafkaUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The certificates of a site on this machine: an authority for its broker and the broker's users,
 * one for the cloud's, and one for devices. Each trusts its own alone, as if they were far apart.
 *
 * @param edge directory of the site's own authority
 * @param cloud directory of the authority of the cloud that it has or shares
 * @param devices directory of the authority of the site's devices and its gateway
 */
public record SiteCertificates(Path edge, Path cloud, Path devices) {

  static final String EDGE_BROKER = "edge-broker";
  static final String CLOUD_BROKER = "cloud-broker";

  /** Looks after a site's brokers: makes topics and ACLs, and reads all to count it. */
  static final String KEEPER = "site-keeper";

  /** What the gateway shows to devices. */
  static final String GATEWAY = "gateway";

  /** Those of a site, with those of the cloud where it has it. */
  public static SiteCertificates of(SiteFiles site) {
    return of(site, site);
  }

  /** Those of a site, whose cloud is kept in the first site's directory. */
  static SiteCertificates of(SiteFiles site, SiteFiles first) {
    return new SiteCertificates(
        site.certificates().resolve("edge"),
        first.certificates().resolve("cloud"),
        site.certificates().resolve("devices"));
  }

  /** Issues what is missing or soon runs out for a site's own broker, users and gateway. */
  void ensureAtTheEdge(Collection<KafkaUser> users) {
    ensure(edge, EDGE_BROKER, users);
    Authority.in(devices, Authority.Form.TWO_FILES).ensure(GATEWAY);
  }

  /** The same for the cloud. */
  void ensureInTheCloud(Collection<KafkaUser> users) {
    ensure(cloud, CLOUD_BROKER, users);
  }

  private static void ensure(Path directory, String broker, Collection<KafkaUser> users) {
    Authority authority = Authority.in(directory, Authority.Form.KAFKA);
    authority.ensure(broker);
    authority.ensure(KEEPER);
    users.forEach(user -> authority.ensure(user.name()));
  }

  /** Whether any were ever issued. */
  public boolean exist() {
    return Files.exists(Authority.trusted(edge));
  }

  /** One line for each that was issued. */
  public List<String> describe() {
    return authorities().flatMap(authority -> authority.describe().stream()).toList();
  }

  /** Issues all of them anew, and returns how many. */
  public int renew() {
    return authorities().mapToInt(Authority::renew).sum();
  }

  /** Issues a device's certificate, and says where it is. */
  public List<String> issueDevice(String device) {
    if (device.equals(GATEWAY) || device.equals("ca")) {
      throw new SiteRefusedException(
          "No device can be called " + device + " here: the gateway's own files are");
    }
    Authority.in(devices, Authority.Form.TWO_FILES).issue(device);
    return List.of(
        "certificate " + Authority.certificate(devices, device),
        "key         " + Authority.key(devices, device),
        "authority   " + Authority.trusted(devices));
  }

  private Stream<Authority> authorities() {
    Stream<Authority> ofBrokers =
        Stream.of(edge, cloud)
            .filter(directory -> Files.exists(Authority.trusted(directory)))
            .map(directory -> Authority.in(directory, Authority.Form.KAFKA));
    return Stream.concat(ofBrokers, Stream.of(Authority.in(devices, Authority.Form.TWO_FILES)));
  }

  /** The settings of a Kafka client that comes as a user. */
  static Map<String, String> client(Path directory, String user) {
    return Map.of(
        "security.protocol", "SSL",
        "ssl.keystore.type", "PEM",
        "ssl.keystore.location", Authority.certificate(directory, user).toString(),
        "ssl.truststore.type", "PEM",
        "ssl.truststore.location", Authority.trusted(directory).toString());
  }

  /** What a broker is told. */
  static Map<String, String> ofBroker(Path directory, String broker) {
    return Map.of(
        "broker.tls.key-store",
        Authority.certificate(directory, broker).toString(),
        "broker.tls.trust-store",
        Authority.trusted(directory).toString(),
        "broker.super-users",
        KafkaUser.principal(broker) + ";" + KafkaUser.principal(KEEPER),
        "kafka.ssl.engine.factory.class",
        "dev.skerry.service.tls.RotatingSslEngineFactory");
  }

  /** What the gateway is told: devices show a certificate, or are nobody. */
  Map<String, String> gateway() {
    return Map.of(
        "gateway.tls.certificate", Authority.certificate(devices, GATEWAY).toString(),
        "gateway.tls.key", Authority.key(devices, GATEWAY).toString(),
        "gateway.tls.client-ca", Authority.trusted(devices).toString(),
        "gateway.tls.client-certificate-required", "true");
  }
}
