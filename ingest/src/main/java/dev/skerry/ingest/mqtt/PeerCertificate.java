package dev.skerry.ingest.mqtt;

import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What a connection itself says of the one at its other end. */
final class PeerCertificate {

  private PeerCertificate() {}

  /** The client's certificate, which the handshake has verified. */
  static Optional<X509Certificate> of(NetSocket socket) {
    if (!socket.isSsl()) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = socket.sslSession().getPeerCertificates();
      return chain[0] instanceof X509Certificate first ? Optional.of(first) : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty(); // It showed none.
    }
  }

  /** Whether the client is on this machine. */
  static boolean isLoopback(NetSocket socket) {
    String address = socket.remoteAddress().hostAddress();
    try {
      return address != null && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // A literal address never asks a resolver, so this is none.
    }
  }
}
