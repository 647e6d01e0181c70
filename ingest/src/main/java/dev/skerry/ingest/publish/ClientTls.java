package dev.skerry.ingest.publish;

import dev.skerry.service.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** From certificates and keys in PEM to what TLS connections trust and show. */
final class ClientTls {

  private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String KEY_END = "-----END PRIVATE KEY-----";

  /** Only for the key store in memory. */
  private static final char[] PASSWORD = {};

  private ClientTls() {}

  /**
   * Reads the files.
   *
   * @param ca what the other side's certificate must come from; empty: what Java trusts
   * @param own what is shown; empty: nothing
   * @throws ConfigException for a file that cannot be used, by its name
   */
  static SSLContext of(Optional<Path> ca, Optional<DeviceCertificate> own) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          own.isPresent() ? keys(own.get()) : null,
          ca.isPresent() ? trusted(ca.get()) : null,
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new ConfigException("TLS cannot be used: " + e.getMessage(), e);
    }
  }

  private static TrustManager @Nullable [] trusted(Path pem) {
    try {
      KeyStore trusted = emptyStore();
      int number = 0;
      for (Certificate certificate : certificates(pem)) {
        trusted.setCertificateEntry("ca-" + number++, certificate);
      }
      if (number == 0) {
        throw new ConfigException(pem + " (--ca) holds no certificate in PEM");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      return trust.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new ConfigException(pem + " (--ca) cannot be used: " + e.getMessage(), e);
    }
  }

  private static KeyManager @Nullable [] keys(DeviceCertificate own) {
    try {
      Certificate[] chain = certificates(own.certificate()).toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw new ConfigException(own.certificate() + " holds no certificate in PEM");
      }
      KeyStore store = emptyStore();
      String algorithm = chain[0].getPublicKey().getAlgorithm();
      store.setKeyEntry("device", key(own.key(), algorithm), PASSWORD, chain);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      return keys.getKeyManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new ConfigException(
          own.certificate() + " and its key cannot be used: " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(Path pem, String algorithm)
      throws IOException, GeneralSecurityException {
    String text = Files.readString(pem);
    int begin = text.indexOf(KEY_BEGIN);
    int end = text.indexOf(KEY_END);
    if (begin < 0 || end < begin) {
      throw new ConfigException(
          pem + " holds no private key in PKCS #8; openssl pkcs8 -topk8 -nocrypt makes one");
    }
    byte[] encoded =
        Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  private static Collection<? extends Certificate> certificates(Path pem)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
