package dev.skerry.local.site;

import dev.skerry.ingest.replay.ReplayOptions;
import dev.skerry.local.topic.Broker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a site runs.
 *
 * @param id its name, that its devices' telemetry bears too
 * @param files its data directory
 * @param ports its ports
 * @param source where its telemetry comes from
 * @param models the model files that inference serves, or directories of them
 * @param cloud which cloud it has
 * @param overflow what it leaves to the cloud while it is behind; empty for nothing
 * @param warehouse whether what reaches its own cloud becomes tables
 * @param isSecure whether brokers and gateway take nobody without a certificate
 * @param learns whether what it doubts becomes better models in its cloud while people watch: more
 *     of it leaves the site than usual
 */
public record SiteSettings(
    String id,
    SiteFiles files,
    SitePorts ports,
    Source source,
    List<Path> models,
    SiteCloud cloud,
    Optional<SiteOverflow> overflow,
    boolean warehouse,
    boolean isSecure,
    boolean learns) {

  /** The first site, or the only one, as ingest calls it too. */
  public static final String FIRST_ID = ReplayOptions.DEFAULT_SITE;

  /** Refuses what leads nowhere. */
  public SiteSettings {
    models = List.copyOf(models);
    if (overflow.isPresent() && cloud instanceof SiteCloud.None) {
      throw new SiteRefusedException("Nothing can overflow where there is no cloud");
    }
  }

  /** A site with a cloud of its own. */
  public SiteSettings(SiteFiles files, SitePorts ports, Source source, List<Path> models) {
    this(
        FIRST_ID,
        files,
        ports,
        source,
        models,
        new SiteCloud.Own(List.of()),
        Optional.empty(),
        /* warehouse= */ false,
        /* isSecure= */ false,
        /* learns= */ false);
  }

  /** The same without a cloud. */
  public SiteSettings withoutCloud() {
    return new SiteSettings(
        id,
        files,
        ports.withoutCloud(),
        source,
        models,
        new SiteCloud.None(),
        overflow,
        /* warehouse= */ false,
        isSecure,
        /* learns= */ false);
  }

  /** The same with tables of what reaches its cloud, where that is its own. */
  public SiteSettings withWarehouse() {
    boolean hasCloud = cloud instanceof SiteCloud.Own;
    return new SiteSettings(
        id, files, ports, source, models, cloud, overflow, hasCloud, isSecure, learns);
  }

  /** The same, and so much overflows to the cloud. */
  public SiteSettings withOverflow(SiteOverflow overflowing) {
    return new SiteSettings(
        id,
        files,
        ports,
        source,
        models,
        cloud,
        Optional.of(overflowing),
        warehouse,
        isSecure,
        learns);
  }

  /** The same with TLS, certificates and ACLs on everything that listens for Kafka or devices. */
  public SiteSettings secured() {
    return new SiteSettings(
        id, files, ports, source, models, cloud, overflow, warehouse, /* isSecure= */ true, learns);
  }

  /** The same, and what it doubts becomes better models in its cloud. */
  public SiteSettings learning() {
    return new SiteSettings(
        id, files, ports, source, models, cloud, overflow, warehouse, isSecure, /* learns= */ true);
  }

  /** The same with a cloud that further sites share. */
  SiteSettings sharedWith(List<SiteSettings> further) {
    List<SiteCloud.Link> links = new ArrayList<>();
    for (SiteSettings other : further) {
      char letter = (char) ('B' + links.size());
      links.add(
          new SiteCloud.Link(
              other.id(),
              "LINK" + letter,
              other.ports().number(SitePort.LINK_END),
              other.ports().address(SitePort.LINK)));
    }
    return new SiteSettings(
        id,
        files,
        ports,
        source,
        models,
        new SiteCloud.Own(links),
        overflow,
        warehouse,
        isSecure,
        learns);
  }

  /**
   * The nth site on this machine: the same fleet with other readings, under a name of its own.
   *
   * @param number 2 to 9
   */
  SiteSettings further(int number) {
    String name = FIRST_ID + "-" + number;
    return new SiteSettings(
        name,
        files.site(name),
        ports.ofSite(number),
        source.at(name, number),
        models,
        new SiteCloud.Shared(ports.address(SitePort.CLOUD)),
        overflow,
        /* warehouse= */ false,
        isSecure,
        learns);
  }

  /** Bootstrap servers of the cloud broker; empty where there is no cloud. */
  Optional<String> cloudAddress() {
    if (cloud instanceof SiteCloud.Shared shared) {
      return Optional.of(shared.bootstrapServers());
    }
    return cloud instanceof SiteCloud.Own
        ? Optional.of(ports.address(SitePort.CLOUD))
        : Optional.empty();
  }

  /** The names of the sites that share its own cloud. */
  List<String> furtherSites() {
    return cloud instanceof SiteCloud.Own own
        ? own.further().stream().map(SiteCloud.Link::site).toList()
        : List.of();
  }

  /** Where everything is, in one line for people. */
  List<String> describe() {
    List<String> lines = new ArrayList<>(ports.describe(deviceUrls()));
    if (isSecure) {
      lines.add("  all of it for those alone who have a certificate");
    }
    return List.copyOf(lines);
  }

  /** The keys whose releases it takes: what the first site signs is for all of them. */
  Path trustedKeys() {
    return firstFiles().trustedKeys();
  }

  /** The files of the site that has the cloud. */
  SiteFiles firstFiles() {
    Path parent = files.root().getParent();
    return isFirst() || parent == null ? files : new SiteFiles(parent);
  }

  /**
   * The settings of a part that is a user of the cloud's broker.
   *
   * @throws SiteRefusedException where there is no cloud
   */
  public Map<String, String> inTheCloud(String user) {
    Broker cloud =
        brokers()
            .cloud(user)
            .orElseThrow(() -> new SiteRefusedException("The site " + id + " has no cloud"));
    return cloud.ofService();
  }

  /** How its processes reach its brokers. */
  SiteBrokers brokers() {
    return new SiteBrokers(
        this, isSecure ? Optional.of(SiteCertificates.of(files, firstFiles())) : Optional.empty());
  }

  /** The keys with which it seals what goes to the cloud; empty where it seals nothing. */
  Optional<SiteSeals> seals() {
    boolean seals = isSecure && !(cloud instanceof SiteCloud.None);
    return seals ? Optional.of(SiteSeals.of(this)) : Optional.empty();
  }

  /** Where devices send, over HTTP and MQTT, as far as they do. */
  List<String> deviceUrls() {
    return ports.deviceUrls().stream()
        .map(url -> isSecure ? url.replace("http:", "https:").replace("mqtt:", "mqtts:") : url)
        .toList();
  }

  boolean isFirst() {
    return id.equals(FIRST_ID);
  }

  /** Where the telemetry comes from. */
  public sealed interface Source {

    /** The same at another site. */
    default Source at(String siteId, int number) {
      return this;
    }

    /** Simulated machines and cameras, for ever. */
    record Simulated(List<String> options) implements Source {

      @Override
      public Source at(String siteId, int number) {
        List<String> moved = new ArrayList<>(List.of("--site", siteId));
        if (options.stream().noneMatch(option -> option.matches("--seed(=.*)?"))) {
          moved.addAll(List.of("--seed", Integer.toString(number)));
        }
        moved.addAll(options);
        return new Simulated(moved);
      }
    }

    /** Files, once. */
    record Replayed(List<String> options) implements Source {}

    /** Somebody else writes to the edge broker. */
    record External() implements Source {}
  }
}
