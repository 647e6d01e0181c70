package dev.skerry.local.site;

import dev.skerry.local.link.LinkFile;
import dev.skerry.schemas.release.SigningKey;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Where a site keeps things, all under one directory.
 *
 * @param root the data directory, absolute
 */
public record SiteFiles(Path root) {

  public SiteFiles {
    root = root.toAbsolutePath().normalize();
  }

  /** A broker's data. */
  public Path broker(String part) {
    return root.resolve(part);
  }

  /** What a part keeps besides Kafka's topics. */
  public Path state(String part) {
    return root.resolve("state").resolve(part);
  }

  /** Where a part writes the port at which it answers for itself. */
  public Path port(String part) {
    return root.resolve("state").resolve("ports").resolve(part);
  }

  /** The tables of what has reached the cloud. */
  public Path warehouse() {
    return root.resolve("warehouse");
  }

  /** Where {@link #writeConfig} puts a part's configuration. */
  public Path config(String part) {
    return root.resolve("config").resolve(part + ".properties");
  }

  /** Those of another site that shares the cloud of this one. */
  public SiteFiles site(String id) {
    return id.equals(SiteSettings.FIRST_ID) ? this : new SiteFiles(root.resolve(id));
  }

  /** The sites that ever shared the cloud of this one and have data here, by name. */
  public List<String> furtherSites() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> name.matches(SiteSettings.FIRST_ID + "-[2-9]"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How the link to the cloud should be. */
  public LinkFile link() {
    return new LinkFile(root.resolve("link"));
  }

  /** The public keys whose releases the site takes. */
  public Path trustedKeys() {
    return root.resolve("keys");
  }

  /** The key of this machine that signs releases for its own site. */
  public Path releaseKey() {
    return trustedKeys().resolve("release.key");
  }

  /** What retraining keeps: samples, datasets, candidates. */
  public Path retraining() {
    return state("retrain");
  }

  /** The versions of datasets. */
  public Path datasets() {
    return retraining().resolve("datasets");
  }

  /** Certificates and keys of a secure site, with the authorities that sign them. */
  public Path certificates() {
    return root.resolve("certificates");
  }

  /** Keys by which the cloud knows which site wrote a record. */
  Path seals() {
    return root.resolve("seals");
  }

  /** Settings for a Kafka client of people: {@code edge} or {@code cloud}. */
  public Path clientSettings(String broker) {
    return root.resolve("clients").resolve(broker + ".properties");
  }

  /** One log for each part. */
  public Path logs() {
    return root.resolve("logs");
  }

  Path lock() {
    return root.resolve("lock");
  }

  Path status() {
    return root.resolve("site.json");
  }

  /** What somebody says to a part besides, and instead of what the site says. */
  public Path ownSettings(String part) {
    return root.resolve("settings").resolve(part + ".properties");
  }

  /** Writes a part's configuration and returns the file. */
  public Path writeConfig(String part, Map<String, String> settings) {
    Path file = config(part);
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.putAll(readOwnSettings(part));
    write(file, properties);
    return file;
  }

  /** Writes the settings of a Kafka client of people. */
  void writeClientSettings(String broker, Map<String, String> settings) {
    Properties properties = new Properties();
    properties.putAll(settings);
    write(clientSettings(broker), properties);
  }

  private void write(Path file, Properties properties) {
    try {
      Files.createDirectories(file.getParent());
      try (Writer writer = Files.newBufferedWriter(file)) {
        properties.store(writer, "Written at each start of the site");
      }
    } catch (IOException e) {
      throw new SiteRefusedException("The data directory " + root + " cannot be written: " + e, e);
    }
  }

  private Properties readOwnSettings(String part) {
    Properties own = new Properties();
    Path file = ownSettings(part);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        own.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new SiteRefusedException("The settings " + file + " cannot be read: " + e, e);
      }
    }
    return own;
  }

  /** Makes the data directory; throws {@link SiteRefusedException} where it cannot be written. */
  public void create() {
    try {
      Files.createDirectories(root);
      Files.createDirectories(logs());
      if (!Files.exists(releaseKey())) {
        SigningKey.generate().write(trustedKeys(), "release");
      }
    } catch (IOException e) {
      throw new SiteRefusedException(
          "The data directory " + root + " cannot be written: choose another one with --data", e);
    }
  }
}
