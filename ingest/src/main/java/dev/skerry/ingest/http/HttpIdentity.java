package dev.skerry.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.ingest.auth.Credentials;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What a request shows of its sender. */
final class HttpIdentity {

  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private HttpIdentity() {}

  static Credentials of(HttpServerRequest request) {
    Optional<X509Certificate> certificate = certificate(request.connection().sslSession());
    boolean loopback = isLoopback(request.remoteAddress());
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization == null) {
      return new Credentials(certificate, Optional.empty(), Optional.empty(), loopback);
    }
    String scheme = authorization.toLowerCase(Locale.ROOT);
    if (scheme.startsWith(BEARER)) {
      String token = authorization.substring(BEARER.length()).strip();
      return new Credentials(certificate, Optional.empty(), Optional.of(token), loopback);
    }
    String[] pair = scheme.startsWith(BASIC) ? basic(authorization) : new String[0];
    // What nobody can read is shown as a token that is nobody's, and so is denied.
    return pair.length == 2
        ? new Credentials(certificate, Optional.of(pair[0]), Optional.of(pair[1]), loopback)
        : new Credentials(certificate, Optional.empty(), Optional.of(""), loopback);
  }

  private static String[] basic(String authorization) {
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      return new String(decoded, UTF_8).split(":", 2);
    } catch (IllegalArgumentException e) {
      return new String[0];
    }
  }

  private static Optional<X509Certificate> certificate(@Nullable SSLSession session) {
    if (session == null) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate first
          ? Optional.of(first)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty(); // The client showed none, and need not.
    }
  }

  private static boolean isLoopback(@Nullable SocketAddress remote) {
    if (remote == null || remote.hostAddress() == null) {
      return false;
    }
    try {
      return InetAddress.getByName(remote.hostAddress()).isLoopbackAddress();
    } catch (java.net.UnknownHostException e) {
      return false; // An address of digits alone is never looked up, so this is none.
    }
  }
}
