package dev.skerry.local.site;

import java.util.List;

/** Which cloud a site has. */
public sealed interface SiteCloud {

  /**
   * One that starts and stops with the site.
   *
   * @param further the links of other sites that share it
   */
  record Own(List<Link> further) implements SiteCloud {
    public Own {
      further = List.copyOf(further);
    }
  }

  /**
   * That of another site, which must be up.
   *
   * @param bootstrapServers of its broker
   */
  record Shared(String bootstrapServers) implements SiteCloud {}

  /** None at all: nothing leaves the site. */
  record None() implements SiteCloud {}

  /**
   * Where another site's link ends at the cloud broker, which must answer each through its own.
   *
   * @param site the other site's name
   * @param listener the broker's name for it, letters alone
   * @param endPort where it ends
   * @param address where the site's mirror finds it
   */
  record Link(String site, String listener, int endPort, String address) {}
}
