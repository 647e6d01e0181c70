package dev.skerry.ingest.auth;

import dev.skerry.ingest.auth.Principal.Anonymous;
import dev.skerry.ingest.auth.Principal.Device;
import dev.skerry.ingest.auth.Verdict.Admitted;
import dev.skerry.ingest.auth.Verdict.Denied;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Says who a client is: by its token, by its certificate, or, where that is configured and the
 * client is on this machine, nobody in particular. What is shown must be right: a client with a
 * wrong token is denied, whatever else it has. Thread-safe.
 */
public final class Authenticator {

  private final Tokens tokens;
  private final boolean anonymousOnLoopback;

  /** The tokens of a site's devices; may change at any time, and is asked by any thread. */
  @FunctionalInterface
  public interface Tokens {
    /** The device whose token has this hash. */
    Optional<String> deviceOf(TokenHash hash);
  }

  public Authenticator(Tokens tokens, boolean anonymousOnLoopback) {
    this.tokens = tokens;
    this.anonymousOnLoopback = anonymousOnLoopback;
  }

  /** Judges what a client shows, without blocking. */
  public Verdict judge(Credentials credentials) {
    if (credentials.token().isPresent()) {
      return byToken(credentials, credentials.token().get());
    }
    if (credentials.certificate().isPresent()) {
      return byCertificate(credentials, credentials.certificate().get());
    }
    if (anonymousOnLoopback && credentials.loopback()) {
      return new Admitted(new Anonymous());
    }
    return new Denied("Say who you are: show the device's token or its certificate");
  }

  private Verdict byToken(Credentials credentials, String token) {
    Optional<String> device = tokens.deviceOf(TokenHash.of(token));
    if (device.isEmpty()) {
      return new Denied(
          "The token is no device's; make one and write its hash into the devices file");
    }
    Optional<String> certified = credentials.certificate().flatMap(CertificateDevice::of);
    if (certified.isPresent() && !certified.equals(device)) {
      return new Denied("The token and the certificate are of different devices; show one");
    }
    return named(credentials, device.get());
  }

  private static Verdict byCertificate(Credentials credentials, X509Certificate certificate) {
    return CertificateDevice.of(certificate)
        .map(device -> named(credentials, device))
        .orElseGet(() -> new Denied("The certificate's subject has no CN, which names the device"));
  }

  private static Verdict named(Credentials credentials, String device) {
    if (!credentials.device().map(device::equals).orElse(true)) {
      return new Denied("The user name is not the device whose token or certificate this is");
    }
    return new Admitted(new Device(device));
  }
}
