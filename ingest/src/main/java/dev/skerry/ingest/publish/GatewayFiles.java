package dev.skerry.ingest.publish;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What devices need besides a gateway's address.
 *
 * @param tokens a file with a device, blanks and its token on each line
 * @param certificates a directory with {@code DEVICE.pem} and {@code DEVICE.key} of each device
 * @param ca certificates in PEM that the gateway's own must come from
 */
public record GatewayFiles(Optional<Path> tokens, Optional<Path> certificates, Optional<Path> ca) {

  /** Devices show nothing, and trust whom Java trusts. */
  public static final GatewayFiles NONE =
      new GatewayFiles(Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether there is any. */
  public boolean isAny() {
    return tokens.isPresent() || certificates.isPresent() || ca.isPresent();
  }
}
