package dev.skerry.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the console can be told, under the prefix {@code console}. */
@ConfigMapping(prefix = "console")
public interface ConsoleConfig {

  /** The site that it shows. */
  String siteId();

  /** Where the page is served. */
  Http http();

  /** Bootstrap servers of the cloud's broker, for the ledger's verdicts; a site has none to ask. */
  Optional<String> cloud();

  /**
   * Settings of a Kafka client for that broker in a file, where it wants others than the site's.
   */
  Optional<Path> cloudClient();

  /**
   * Where each part answers {@code /metrics} and {@code /ready}: {@code http://HOST:PORT}, or
   * {@code file:PATH} of a file that holds the port on this machine.
   */
  Map<String, URI> parts();

  /** The consumer groups whose lag is that of the answers. */
  @WithDefault("skerry-inference,skerry-inference-frames")
  List<String> inferenceGroups();

  /**
   * Where the supervisor of a site on this machine takes orders; without it there are no buttons.
   */
  Optional<URI> control();

  /** What proves to the supervisor that it is the console that asks. */
  Optional<String> controlToken();

  /** The keys under {@code console.http}. */
  interface Http {

    /** Address to bind to. */
    @WithDefault("127.0.0.1")
    String host();

    /** Port to bind to; 0 takes any free one. */
    @WithDefault("8080")
    int port();

    /** The names by which browsers may call it; a page elsewhere cannot borrow another. */
    @WithDefault("localhost,127.0.0.1,[::1]")
    List<String> names();
  }
}
