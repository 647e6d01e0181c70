package dev.skerry.ingest.auth;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What a client shows.
 *
 * @param certificate its certificate, which the TLS handshake has verified already
 * @param device whom it says it is: the user name of HTTP's Basic scheme or of MQTT
 * @param token its token: a Bearer token, or a password
 * @param loopback whether it connects from this machine
 */
public record Credentials(
    Optional<X509Certificate> certificate,
    Optional<String> device,
    Optional<String> token,
    boolean loopback) {

  @Override
  public String toString() {
    return "Credentials[of " + device.orElse("nobody") + "]"; // Tokens are for nobody's log.
  }
}
