package dev.skerry.local.site;

/** What listens at a site, all on loopback. */
public enum SitePort {
  EDGE("--edge-port", 19092, "Clients of the edge broker"),
  EDGE_CONTROLLER("--edge-controller-port", 19093, "The edge broker itself"),
  CLOUD("--cloud-port", 29092, "Clients of the cloud broker"),
  CLOUD_CONTROLLER("--cloud-controller-port", 29093, "The cloud broker itself"),
  LINK("--link-port", 29094, "The mirror's way to the cloud, which skerry link cuts"),
  LINK_END("--link-end-port", 29095, "Where that way ends at the cloud broker"),
  REGISTRY("--registry-port", 8081, "The schema registry, read only"),
  HTTP("--http-port", 8082, "Devices that send over HTTP; 0 for none"),
  MQTT("--mqtt-port", 1883, "Devices that send over MQTT; 0 for none"),
  CONSOLE("--console-port", 8080, "The console, for a browser; 0 for none"),
  LABELS("--labels-port", 8083, "People who label samples, in the cloud; 0 for none");

  private final String option;
  private final int standard;
  private final String description;

  SitePort(String option, int standard, String description) {
    this.option = option;
    this.standard = standard;
    this.description = description;
  }

  /** The option that chooses another port. */
  public String option() {
    return option;
  }

  /** The port where nothing else is said. */
  public int standard() {
    return standard;
  }

  /** Whether a site may do without it, which the port 0 says. */
  public boolean isOptional() {
    return this == HTTP || this == MQTT || this == CONSOLE || this == LABELS;
  }

  /** Who listens there, or for whom. */
  public String description() {
    return description;
  }
}
