package dev.skerry.local.site;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.local.supervise.Supervisor;
import dev.skerry.local.topic.Broker;
import dev.skerry.schemas.access.KafkaUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a site that is up writes down for others: {@code site.json} in its data directory.
 *
 * @param pid process id of the supervisor
 * @param startedAt when that process started, to tell it from a later one with the same id
 * @param site the site's name
 * @param furtherSites the names of those that share its cloud and started with it
 * @param edge the edge broker, as people and their tools reach it
 * @param cloud the cloud broker; null where there is no cloud
 * @param registry where the schema registry answers; null where another site has it
 * @param console where a browser finds the console; null where there is none
 * @param labels where people label samples; null where they do not
 * @param devices where devices send, as far as they do
 * @param link how the link to the cloud is
 * @param parts process ids of the parts by name
 * @param troubles what is wrong with parts that keep dying, by name
 */
public record SiteStatus(
    long pid,
    String startedAt,
    String site,
    List<String> furtherSites,
    Broker edge,
    @Nullable Broker cloud,
    @Nullable String registry,
    @Nullable String console,
    @Nullable String labels,
    List<String> devices,
    String link,
    SortedMap<String, Long> parts,
    SortedMap<String, String> troubles) {

  /** Those of older releases say nothing of troubles. */
  public SiteStatus {
    troubles = Objects.requireNonNullElseGet(troubles, TreeMap::new);
  }

  /** What is said of the link where there is none. */
  public static final String NO_LINK = "none";

  private static final ObjectMapper JSON = new ObjectMapper();

  static SiteStatus ofThisProcess(SiteSettings settings, String link, Supervisor supervisor) {
    SitePorts ports = settings.ports();
    ProcessHandle self = ProcessHandle.current();
    return new SiteStatus(
        self.pid(),
        startedAt(self),
        settings.id(),
        settings.furtherSites(),
        settings.brokers().edge(KafkaUsers.OPERATOR),
        settings.brokers().cloud(KafkaUsers.OPERATOR).orElse(null),
        ports.registryUrl().orElse(null),
        ports.consoleUrl().orElse(null),
        ports.labelsUrl().orElse(null),
        settings.deviceUrls(),
        link,
        new TreeMap<>(supervisor.pids()),
        new TreeMap<>(supervisor.troubles()));
  }

  /** What the last site in this directory wrote; empty where there never was one. */
  public static Optional<SiteStatus> read(SiteFiles files) {
    if (!Files.exists(files.status())) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(files.status().toFile(), SiteStatus.class));
    } catch (IOException e) {
      throw new SiteRefusedException(files.status() + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The cloud broker, as people and their tools reach it.
   *
   * @throws SiteRefusedException where there is no cloud
   */
  public Broker requireCloud() {
    if (cloud == null) {
      throw new SiteRefusedException(
          "The site "
              + site
              + " has no cloud: it was started with --no-cloud, and nothing leaves it");
    }
    return cloud;
  }

  /** The supervisor's process, where it still runs. */
  public Optional<ProcessHandle> supervisor() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> startedAt(process).equals(startedAt));
  }

  /** Written beside and moved, so that a reader never sees half of it. */
  void write(SiteFiles files) {
    Path beside = files.root().resolve("site.json.new");
    try {
      JSON.writerWithDefaultPrettyPrinter().writeValue(beside.toFile(), this);
      Files.move(
          beside,
          files.status(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String startedAt(ProcessHandle process) {
    return process.info().startInstant().map(Object::toString).orElse("unknown");
  }
}
