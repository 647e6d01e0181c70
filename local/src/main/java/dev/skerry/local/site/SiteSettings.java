package dev.skerry.local.site;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a site runs.
 *
 * @param files its data directory
 * @param ports its ports
 * @param source where its telemetry comes from
 * @param model a model file for inference; empty: the one that ships with Skerry
 */
public record SiteSettings(SiteFiles files, SitePorts ports, Source source, Optional<Path> model) {

  /** Where the telemetry comes from. */
  public sealed interface Source {

    /** A simulated fleet, for ever. */
    record Simulated(List<String> options) implements Source {}

    /** Files, once. */
    record Replayed(List<String> options) implements Source {}

    /** Somebody else writes to the edge broker. */
    record External() implements Source {}
  }
}
