package dev.skerry.ingest.publish;

import dev.skerry.service.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a gateway is, and what devices show it. Immutable.
 *
 * @param uri {@code http://HOST:PORT}, https, mqtt or mqtts
 * @param tokenByDevice what each device shows; empty: they show nothing
 * @param certificates a directory with {@code DEVICE.pem} and {@code DEVICE.key} of each device;
 *     empty: they show none
 * @param ca the certificates, in PEM, that the gateway's own must come from; empty: those that Java
 *     trusts
 */
public record GatewayAddress(
    URI uri, Map<String, String> tokenByDevice, Optional<Path> certificates, Optional<Path> ca) {

  private static final Set<String> SCHEMES = Set.of("http", "https", "mqtt", "mqtts");
  private static final int MQTT_PORT = 1883;
  private static final int MQTTS_PORT = 8883;

  public GatewayAddress {
    tokenByDevice = Map.copyOf(tokenByDevice);
    if (ca.isPresent() && !Files.isReadable(ca.get())) {
      throw new ConfigException("The file " + ca.get() + " (--ca) cannot be read");
    }
    if (certificates.isPresent() && !Files.isDirectory(certificates.get())) {
      throw new ConfigException(
          "The directory " + certificates.get() + " (--certificates) cannot be read");
    }
    if (certificates.isPresent() && !isEncrypted(uri)) {
      throw new ConfigException(
          "--certificates are shown over TLS alone; write https://… or mqtts://…");
    }
  }

  /** Whether this is how a gateway is written. */
  public static boolean isOne(String text) {
    int colon = text.indexOf("://");
    return colon > 0 && SCHEMES.contains(text.substring(0, colon).toLowerCase(Locale.ROOT));
  }

  /**
   * Reads an address.
   *
   * @throws ConfigException for what is none, or a file that cannot be read
   */
  public static GatewayAddress of(String text, GatewayFiles files) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() == null || !(uri.getPath().isEmpty() || uri.getPath().equals("/"))) {
        throw new ConfigException(text + " is no address of a gateway; write http://HOST:PORT");
      }
      Map<String, String> read = files.tokens().map(GatewayAddress::read).orElse(Map.of());
      return new GatewayAddress(uri, read, files.certificates(), files.ca());
    } catch (URISyntaxException e) {
      throw new ConfigException(text + " is no address of a gateway: " + e.getReason(), e);
    }
  }

  boolean isMqtt() {
    return uri.getScheme().toLowerCase(Locale.ROOT).startsWith("mqtt");
  }

  boolean isEncrypted() {
    return isEncrypted(uri);
  }

  private static boolean isEncrypted(URI uri) {
    return uri.getScheme().toLowerCase(Locale.ROOT).endsWith("s");
  }

  int mqttPort() {
    return uri.getPort() >= 0 ? uri.getPort() : isEncrypted() ? MQTTS_PORT : MQTT_PORT;
  }

  /** The token of a device; throws {@link ConfigException} where only others have one. */
  Optional<String> token(String device) {
    String token = tokenByDevice.get(device);
    if (token == null && !tokenByDevice.isEmpty()) {
      throw new ConfigException("The device " + device + " has no token (--tokens)");
    }
    return Optional.ofNullable(token);
  }

  /** The certificate of a device; throws {@link ConfigException} where only others have one. */
  Optional<DeviceCertificate> certificate(String device) {
    return certificates.map(directory -> DeviceCertificate.of(device, directory));
  }

  private static Map<String, String> read(Path file) {
    Map<String, String> tokenByDevice = new HashMap<>();
    try {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
          continue;
        }
        String[] words = text.split("\\s+", -1);
        if (words.length != 2 || tokenByDevice.put(words[0], words[1]) != null) {
          throw new ConfigException(
              file + ", line " + number + ": a line is a device and its token, each device once");
        }
      }
    } catch (IOException e) {
      throw new ConfigException("The file " + file + " (--tokens) cannot be read: " + e, e);
    }
    return tokenByDevice;
  }
}
