package dev.skerry.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What every service can be told, under the prefix {@code service}. */
@ConfigMapping(prefix = "service")
public interface ServiceConfig {

  /** Where /live, /ready and /metrics are served. */
  Http http();

  /** How long a service may take to finish what it has begun when it is asked to stop. */
  @WithDefault("PT20S")
  Duration stopTimeout();

  /**
   * A file with the site's key, which seals what it writes to topics that cross the link: a cloud
   * that several sites share knows by it who wrote what. Without it nothing is sealed.
   */
  Optional<Path> sealKey();

  /** Traces of single records. */
  Trace trace();

  /** Traces of single records, by W3C trace context in their headers. */
  interface Trace {

    /** Whether spans are made; what exports them reads the {@code OTEL_} environment variables. */
    @WithDefault("false")
    boolean enabled();
  }

  /** The HTTP listener for health and metrics. */
  interface Http {

    /** Address to bind to. */
    @WithDefault("127.0.0.1")
    String host();

    /** Port to bind to; 0 takes any free one. */
    @WithDefault("0")
    int port();

    /** A file into which the port is written once it is bound, for those who look for it. */
    Optional<Path> portFile();
  }
}
