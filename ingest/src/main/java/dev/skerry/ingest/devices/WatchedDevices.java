package dev.skerry.ingest.devices;

import dev.skerry.ingest.auth.Authenticator;
import dev.skerry.ingest.auth.TokenHash;
import dev.skerry.ingest.intake.Rules;
import dev.skerry.schemas.Telemetry;
import dev.skerry.service.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A site's devices, as the file says now. A file that cannot be used any more changes nothing: what
 * it said before holds on. Thread-safe, except that one thread calls {@link #refresh}.
 */
public final class WatchedDevices implements Rules, Authenticator.Tokens {

  private static final Logger log = LoggerFactory.getLogger(WatchedDevices.class);

  private final Optional<Path> file;
  private final Strictness strictness;
  private volatile Devices devices = Devices.NONE;
  private volatile Optional<String> problem = Optional.empty();
  private Optional<Stamp> seen = Optional.empty();

  /** By which a change of the file is noticed; the inode changes when it is replaced. */
  private record Stamp(FileTime modified, long size, String key) {
    static Optional<Stamp> of(Path file) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return Optional.of(
            new Stamp(
                attributes.lastModifiedTime(),
                attributes.size(),
                String.valueOf(attributes.fileKey())));
      } catch (IOException e) {
        return Optional.empty(); // Reading it says what is wrong.
      }
    }
  }

  private WatchedDevices(Optional<Path> file, Strictness strictness) {
    this.file = file;
    this.strictness = strictness;
  }

  /**
   * Reads the file; without one, everybody may send everything and nobody has a token.
   *
   * @throws ConfigException for a file that cannot be used, with file, line and field
   */
  public static WatchedDevices open(Optional<Path> file, Strictness strictness) {
    WatchedDevices opened = new WatchedDevices(file, strictness);
    if (file.isPresent()) {
      opened.seen = Stamp.of(file.get());
      try {
        opened.devices = DevicesFile.read(file.get());
      } catch (DevicesException e) {
        throw new ConfigException("gateway.devices: " + e.getMessage(), e);
      }
    }
    return opened;
  }

  /** Reads the file again if it changed. */
  public void refresh() {
    if (file.isEmpty()) {
      return;
    }
    Optional<Stamp> now = Stamp.of(file.get());
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      devices = DevicesFile.read(file.get());
      problem = Optional.empty();
      log.info("{} was read again: {}", file.get(), devices.describe());
    } catch (DevicesException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
      log.error("{}; what the file said before holds on", e.getMessage());
    }
  }

  /** Why the file as it is now is not in force; empty where it is. */
  public Optional<String> problem() {
    return problem;
  }

  /** What is in force, for people. */
  public String describe() {
    return file.isPresent() ? devices.describe() : "no devices file: anything goes";
  }

  /** How many channels the readings of a stream have; empty where nothing is said. */
  public OptionalInt channels(String stream) {
    return devices.channels(stream);
  }

  @Override
  public Optional<String> deviceOf(TokenHash hash) {
    return devices.deviceOf(hash);
  }

  @Override
  public Optional<Violation> check(Telemetry telemetry, Instant now) {
    Devices current = devices;
    if (strictness == Strictness.OFF) {
      return current.disabled(telemetry);
    }
    return current.check(telemetry, now, strictness == Strictness.ENFORCE);
  }
}
