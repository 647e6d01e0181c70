package dev.skerry.local.site;

import dev.skerry.local.link.SiteLink;
import dev.skerry.local.registry.RegistryEndpoint;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * What listens inside the supervisor's own process.
 *
 * @param registry the schema registry
 * @param link the mirror's way to the cloud
 */
record Endpoints(RegistryEndpoint registry, SiteLink link) implements AutoCloseable {

  static Endpoints start(SiteSettings settings, Consumer<String> console) {
    SiteLink link = link(settings, console);
    try {
      return new Endpoints(registry(settings), link);
    } catch (RuntimeException e) {
      link.close();
      throw e;
    }
  }

  private static SiteLink link(SiteSettings settings, Consumer<String> console) {
    int port = settings.ports().number(SitePort.LINK);
    int end = settings.ports().number(SitePort.LINK_END);
    try {
      return SiteLink.start(port, end, settings.files().link(), console);
    } catch (IllegalArgumentException e) {
      throw new SiteRefusedException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw refused(SitePort.LINK, port, e);
    }
  }

  private static RegistryEndpoint registry(SiteSettings settings) {
    int port = settings.ports().number(SitePort.REGISTRY);
    try {
      return RegistryEndpoint.start(port);
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

  @Override
  public void close() {
    registry.close();
    link.close();
  }
}
