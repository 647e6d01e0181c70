package dev.skerry.local.letters;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.site.SiteStatus;
import dev.skerry.local.topic.Broker;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose dead letters: by default those of the site on this machine. */
final class LetterBroker {

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "The broker; by default that of the site on this machine.")
  private Optional<String> bootstrap = Optional.empty();

  @Option(
      names = "--client-config",
      paramLabel = "FILE",
      description = "With --bootstrap: settings of a Kafka client, such as certificates.")
  private Optional<Path> clientConfig = Optional.empty();

  @Option(
      names = "--site",
      paramLabel = "NAME",
      description = "Which of several sites: local, local-2, … (default: the first).")
  private Optional<String> site = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the site keeps its data (default: .skerry in the current directory).")
  private Path data = Path.of(".skerry");

  Broker broker() {
    return bootstrap.map(at -> Broker.of(at, clientConfig)).orElseGet(this::ofTheSite);
  }

  private Broker ofTheSite() {
    SiteFiles first = new SiteFiles(data);
    SiteFiles files = site.map(first::site).orElse(first);
    return SiteStatus.read(files)
        .filter(status -> status.supervisor().isPresent())
        .map(SiteStatus::edge)
        .orElseThrow(
            () ->
                new SiteRefusedException(
                    "No site is up in "
                        + files.root()
                        + ": start one with ./skerry up, or name a broker with --bootstrap"));
  }
}
