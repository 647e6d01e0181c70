package dev.skerry.retrain.labels;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** What the labelling can be told, under the prefix {@code labels}. */
@ConfigMapping(prefix = "labels")
public interface LabelsConfig {

  /** The listener for the endpoint and its page. */
  Http http();

  /** How many samples can be looked at, the newest of all; memory grows with them. */
  @WithDefault("10000")
  int keepSamples();

  /**
   * Which attribute of a stream's telemetry says what is true, each as {@code STREAM=ATTRIBUTE}.
   */
  Optional<List<String>> automatic();

  /** Classes that the page offers besides those that are seen, each as {@code STREAM=CLASS}. */
  Optional<List<String>> classes();

  /** A listener. */
  interface Http {
    /** Address to bind to. */
    @WithDefault("127.0.0.1")
    String host();

    /** Port to bind to; 0 takes any free one. */
    @WithDefault("8083")
    int port();

    /** Names besides loopback and the address under which browsers may reach it. */
    Optional<List<String>> names();
  }
}
