package dev.skerry.local.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Keys and certificates as PEM. */
final class PemFiles {

  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";

  private PemFiles() {}

  static String of(X509Certificate certificate) throws CertificateEncodingException {
    return block(CERTIFICATE, certificate.getEncoded());
  }

  static String of(PrivateKey key) {
    return block(KEY, key.getEncoded());
  }

  private static String block(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what);
  }

  /** The first certificate of a file. */
  static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
    byte[] pem = bytes(file, CERTIFICATE);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }

  /** The private key of a file. */
  static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes(file, KEY)));
  }

  private static byte[] bytes(Path file, String what) throws IOException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    String beginMark = "-----BEGIN " + what + "-----";
    int begin = text.indexOf(beginMark);
    int end = text.indexOf("-----END " + what + "-----");
    if (begin < 0 || end < begin) {
      throw new IOException(file + " holds no " + what + " in PEM");
    }
    return Base64.getMimeDecoder().decode(text.substring(begin + beginMark.length(), end));
  }
}
