package dev.skerry.local.mirror;

import dev.skerry.local.mirror.backlog.LinkWatch;
import dev.skerry.service.Service;
import dev.skerry.service.ServiceGroup;
import dev.skerry.service.ServiceMain;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Runs the mirror as a process, with the configuration and exit codes of every service. */
public final class MirrorMain {

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

    /** How much bulk flows may read at most, in bytes per second; without it there is no bound. */
    OptionalLong bulkBytesPerSecond();

    /** How long the link may be away before anything is lost: a warning comes in good time. */
    @WithDefault("PT72H")
    Duration outage();
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
        MirrorPlan.of(config.alias(), config.edge(), config.cloud(), config.bulkBytesPerSecond());
    List<Service> services = new ArrayList<>();
    plan.flows().forEach(flow -> services.add(new Mirror(flow, metrics)));
    services.add(new LinkWatch(plan, config.outage(), metrics, InstantSource.system()));
    return new ServiceGroup(services);
  }
}
