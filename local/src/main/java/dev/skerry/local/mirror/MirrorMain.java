package dev.skerry.local.mirror;

import dev.skerry.local.mirror.backlog.LinkWatch;
import dev.skerry.local.mirror.keep.Keeping;
import dev.skerry.local.topic.Broker;
import dev.skerry.service.Service;
import dev.skerry.service.ServiceGroup;
import dev.skerry.service.ServiceMain;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the mirror as a process, with the configuration and exit codes of every service. */
public final class MirrorMain {

  private static final Logger log = LoggerFactory.getLogger(MirrorMain.class);

  private MirrorMain() {}

  /** The mirror's configuration. */
  @ConfigMapping(prefix = "mirror")
  public interface Config {

    /** The site's name at the cloud broker, unique among the sites that share it. */
    @WithDefault("edge")
    String alias();

    /** Bootstrap servers of the site's broker. */
    String edge();

    /** Bootstrap servers of the cloud's broker. */
    String cloud();

    /** Settings of a Kafka client for the site's broker, such as certificates, in a file. */
    Optional<Path> edgeClient();

    /** The same for the cloud's broker, where the site has a certificate of its own. */
    Optional<Path> cloudClient();

    /** How much bulk flows may read at most, in bytes per second; without it there is no bound. */
    OptionalLong bulkBytesPerSecond();

    /** How long the link may be away before anything is lost: a warning comes in good time. */
    @WithDefault("PT72H")
    Duration outage();

    /** Whether the mirror keeps the retention of mirrored topics at the site's broker to that. */
    @WithDefault("true")
    boolean manageRetention();

    /** How much mirrored topics may take of the site's disk; without it all that is free. */
    OptionalLong diskBytes();

    /** How much stays free on the disk of the site's broker. */
    @WithDefault("1073741824")
    long diskReserveBytes();

    /** How what crosses the link is compressed: zstd, lz4, gzip, snappy or none. */
    @WithDefault("zstd")
    Compression compression();

    /** Whether detections cross the link too, as bulk. */
    @WithDefault("false")
    boolean detections();

    /**
     * Names, as regular expressions, of the groups whose place in mirrored topics is carried to the
     * cloud.
     */
    Optional<List<String>> groups();

    /** Whether Strimzi runs the flows, and this process only watches the link. */
    @WithDefault("false")
    boolean watchOnly();

    /** How it uses its link. */
    default LinkUse linkUse() {
      return new LinkUse(
          bulkBytesPerSecond(), compression(), detections(), groups().orElse(List.of()));
    }

    /** What the site is meant to survive. */
    default Keeping.Contract contract() {
      return new Keeping.Contract(outage(), manageRetention(), diskBytes(), diskReserveBytes());
    }
  }

  /** Mirrors the topics that the catalogue marks as mirrored, until told to stop. */
  public static void main(String[] args) {
    System.exit(
        ServiceMain.run(
            "mirror",
            args,
            (settings, observability) ->
                service(settings.get(Config.class), observability.metrics()),
            Config.class));
  }

  private static Service service(Config config, MeterRegistry metrics) {
    MirrorPlan plan =
        MirrorPlan.of(
            config.alias(),
            Broker.of(config.edge(), config.edgeClient()),
            Broker.of(config.cloud(), config.cloudClient()),
            config.linkUse());
    ShownCertificate toTheEdge = new ShownCertificate(plan.edge());
    ShownCertificate toTheCloud = new ShownCertificate(plan.cloud());
    toTheEdge.bindTo(metrics, "edge");
    toTheCloud.bindTo(metrics, "cloud");
    if (config.watchOnly()) {
      return watch(plan, MirrorFlow::operatedOffsetsTopic, config, metrics);
    }
    // MirrorMaker adds a hook for each that is built and never takes one back; this process stops
    // its services by itself.
    Exit.setShutdownHookAdder((name, hook) -> {});
    // A worker that cannot go on ends the process from within, and would wait for its own stop.
    Exit.setExitProcedure(
        (code, message) -> {
          Stream.of(toTheEdge, toTheCloud)
              .flatMap(shown -> shown.expired(Instant.now()).stream())
              .forEach(why -> log.error("The mirror cannot go on: {}", why));
          Runtime.getRuntime().halt(code);
        });
    List<Service> services = new ArrayList<>();
    plan.flows().forEach(flow -> services.add(new Mirror(flow, metrics)));
    services.add(watch(plan, MirrorFlow::offsetsTopic, config, metrics));
    return new ServiceGroup(services);
  }

  private static Service watch(
      MirrorPlan plan,
      Function<MirrorFlow, String> offsetsTopic,
      Config config,
      MeterRegistry metrics) {
    return new LinkWatch(plan, offsetsTopic, config.contract(), metrics, InstantSource.system());
  }
}
