package dev.skerry.local.site;

import java.nio.file.Path;
import java.util.List;

/**
 * How a site runs.
 *
 * @param files its data directory
 * @param ports its ports
 * @param source where its telemetry comes from
 * @param model the model file that inference serves, or a directory of them
 */
public record SiteSettings(SiteFiles files, SitePorts ports, Source source, Path model) {

  /** Where the telemetry comes from. */
  public sealed interface Source {

    /** Simulated machines and cameras, for ever. */
    record Simulated(List<String> options) implements Source {}

    /** Files, once. */
    record Replayed(List<String> options) implements Source {}

    /** Somebody else writes to the edge broker. */
    record External() implements Source {}
  }
}
