package dev.skerry.local.site;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a site that is up writes down for others: {@code site.json} in its data directory.
 *
 * @param pid process id of the supervisor
 * @param startedAt when that process started, to tell it from a later one with the same id
 * @param edge bootstrap servers of the edge broker
 * @param cloud bootstrap servers of the cloud broker
 * @param registry where the schema registry answers
 * @param devices where devices send, as far as they do
 * @param link how the link to the cloud is
 * @param parts process ids of the parts by name
 */
public record SiteStatus(
    long pid,
    String startedAt,
    String edge,
    String cloud,
    String registry,
    List<String> devices,
    String link,
    SortedMap<String, Long> parts) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static SiteStatus ofThisProcess(SitePorts ports, String link, Map<String, Long> parts) {
    ProcessHandle self = ProcessHandle.current();
    return new SiteStatus(
        self.pid(),
        startedAt(self),
        ports.address(SitePort.EDGE),
        ports.address(SitePort.CLOUD),
        ports.registryUrl(),
        ports.deviceUrls(),
        link,
        new TreeMap<>(parts));
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
