package dev.skerry.ingest.publish;

import dev.skerry.service.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a device shows in the TLS handshake.
 *
 * @param certificate its certificate, and those between it and its authority, in PEM
 * @param key its private key in PKCS #8, in PEM, not encrypted
 */
record DeviceCertificate(Path certificate, Path key) {

  /** {@code DEVICE.pem} and {@code DEVICE.key}; throws {@link ConfigException} without them. */
  static DeviceCertificate of(String device, Path directory) {
    DeviceCertificate own =
        new DeviceCertificate(
            directory.resolve(device + ".pem"), directory.resolve(device + ".key"));
    if (!Files.isReadable(own.certificate) || !Files.isReadable(own.key)) {
      throw new ConfigException(
          "The device %s has no certificate: %s.pem and %s.key in %s (--certificates)"
              .formatted(device, device, device, directory));
    }
    return own;
  }
}
