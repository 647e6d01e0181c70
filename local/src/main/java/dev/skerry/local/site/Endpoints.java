package dev.skerry.local.site;

import dev.skerry.local.control.ControlEndpoint;
import dev.skerry.local.link.LinkCondition;
import dev.skerry.local.link.SiteLink;
import dev.skerry.local.registry.RegistryEndpoint;
import dev.skerry.local.supervise.Supervisor;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What listens inside the supervisor's own process.
 *
 * @param registry the schema registry; empty where another site has it
 * @param link the mirror's way to the cloud; empty where there is no cloud
 * @param control where the console gives its orders; empty where there is no console
 */
record Endpoints(
    Optional<RegistryEndpoint> registry, Optional<SiteLink> link, Optional<ControlEndpoint> control)
    implements AutoCloseable {

  static Endpoints start(SiteSettings settings, Supervisor supervisor, Consumer<String> console) {
    Optional<SiteLink> link = link(settings, console);
    Optional<ControlEndpoint> control = Optional.empty();
    try {
      control = control(settings, supervisor, link);
      return new Endpoints(registry(settings), link, control);
    } catch (RuntimeException e) {
      control.ifPresent(ControlEndpoint::close);
      link.ifPresent(SiteLink::close);
      throw e;
    }
  }

  private static Optional<ControlEndpoint> control(
      SiteSettings settings, Supervisor supervisor, Optional<SiteLink> link) {
    if (settings.ports().isAbsent(SitePort.CONSOLE)) {
      return Optional.empty();
    }
    return Optional.of(
        ControlEndpoint.start(
            new SiteOrders(
                settings, supervisor, () -> link.map(SiteLink::describe).orElse("none"))));
  }

  private static Optional<SiteLink> link(SiteSettings settings, Consumer<String> console) {
    if (settings.ports().isAbsent(SitePort.LINK)) {
      return Optional.empty();
    }
    int port = settings.ports().number(SitePort.LINK);
    int end = settings.ports().number(SitePort.LINK_END);
    try {
      return Optional.of(SiteLink.start(port, end, settings.files().link(), console));
    } catch (IllegalArgumentException e) {
      throw new SiteRefusedException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw refused(SitePort.LINK, port, e);
    }
  }

  private static Optional<RegistryEndpoint> registry(SiteSettings settings) {
    if (settings.ports().isAbsent(SitePort.REGISTRY)) {
      return Optional.empty();
    }
    int port = settings.ports().number(SitePort.REGISTRY);
    try {
      return Optional.of(RegistryEndpoint.start(port));
    } catch (IOException e) {
      throw refused(SitePort.REGISTRY, port, e);
    }
  }

  private static SiteRefusedException refused(SitePort port, int number, IOException e) {
    return new SiteRefusedException(
        "Cannot listen on port %d (%s): choose another port with %s"
            .formatted(number, e.getMessage(), port.option()),
        e);
  }

  /** How the link is, for people. */
  String describeLink() {
    return link.map(SiteLink::describe).orElse(SiteStatus.NO_LINK);
  }

  /** Whether nothing comes through before somebody restores it. */
  boolean isLinkCut() {
    return link.map(SiteLink::condition)
        .filter(how -> how instanceof LinkCondition.Cut || how instanceof LinkCondition.Silent)
        .isPresent();
  }

  @Override
  public void close() {
    control.ifPresent(ControlEndpoint::close);
    registry.ifPresent(RegistryEndpoint::close);
    link.ifPresent(SiteLink::close);
  }
}
