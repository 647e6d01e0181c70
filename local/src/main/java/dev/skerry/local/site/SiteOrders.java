package dev.skerry.local.site;

import dev.skerry.local.control.BadRelease;
import dev.skerry.local.control.OrderRefusedException;
import dev.skerry.local.control.Orders;
import dev.skerry.local.control.TelemetryInjection;
import dev.skerry.local.link.LinkCondition;
import dev.skerry.local.supervise.Supervisor;
import dev.skerry.local.topic.Broker;
import dev.skerry.schemas.access.KafkaUsers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out what the console of a site orders. Thread-safe. */
final class SiteOrders implements Orders {

  private static final String KILL = "kill/";

  private final SiteSettings settings;
  private final Supervisor supervisor;
  private final Supplier<String> link;
  private final InstantSource clock = InstantSource.system();
  private @Nullable TelemetryInjection injection;

  /** Orders for a site; link says how its link is. */
  SiteOrders(SiteSettings settings, Supervisor supervisor, Supplier<String> link) {
    this.settings = settings;
    this.supervisor = supervisor;
    this.link = link;
  }

  @Override
  public String link() {
    return link.get();
  }

  /** Not the source: one that ends by itself does not come back. */
  @Override
  public Map<String, Long> parts() {
    Map<String, Long> parts = new TreeMap<>(supervisor.pids());
    parts.remove(SiteParts.SOURCE);
    parts.remove(SiteParts.CONSOLE);
    return parts;
  }

  @Override
  public List<String> known() {
    List<String> orders = new ArrayList<>(List.of("malformed", "fault"));
    if (!settings.ports().isAbsent(SitePort.LINK)) {
      orders.addAll(List.of("link/cut", "link/restore", "bad-model"));
    }
    parts().keySet().forEach(part -> orders.add(KILL + part));
    return orders;
  }

  @Override
  public Optional<String> give(String path) throws InterruptedException {
    if (!known().contains(path)) {
      return Optional.empty();
    }
    return switch (path) {
      case "malformed" -> Optional.of(injection().malformed());
      case "fault" -> Optional.of(injection().fault());
      case "link/cut" -> tell(new LinkCondition.Cut(), "The link is cut; the site works on");
      case "link/restore" -> tell(new LinkCondition.Open(), "The link is restored");
      case "bad-model" -> Optional.of(publishBadModel());
      default -> Optional.of(kill(path.substring(KILL.length())));
    };
  }

  private Optional<String> tell(LinkCondition condition, String done) {
    settings.files().link().write(condition);
    return Optional.of(done);
  }

  private String kill(String part) {
    supervisor.kill(part);
    return part + " is killed, as by kill -9; it comes back";
  }

  private String publishBadModel() {
    Broker cloud =
        settings
            .brokers()
            .cloud(KafkaUsers.OPERATOR)
            .orElseThrow(() -> new OrderRefusedException("The site has no cloud to publish to"));
    String model =
        BadRelease.publish(
            settings.models(),
            settings.files().state("bad-model"),
            settings.files().releaseKey(),
            cloud,
            clock.millis());
    return model + " is published, with its labels mixed up; half of the devices try it";
  }

  private synchronized TelemetryInjection injection() {
    if (injection == null) {
      injection =
          new TelemetryInjection(
              settings.brokers().edge(KafkaUsers.OPERATOR), settings.id(), clock);
    }
    return injection;
  }

  @Override
  public synchronized void close() {
    if (injection != null) {
      injection.close();
    }
  }
}
