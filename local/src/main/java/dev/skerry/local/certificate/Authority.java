package dev.skerry.local.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A certificate authority for one machine, whose key lies beside what it signs: good to try things,
 * and for nothing else. Not thread-safe.
 */
public final class Authority {

  private static final Duration LIFE_OF_ITS_OWN = Duration.ofDays(3650);
  private static final Duration LIFE = Duration.ofDays(90);
  private static final Duration LEFT_AT_LEAST = Duration.ofDays(30);

  private static final String CA = "ca";
  private static final String PEM = ".pem";

  /** Clocks differ a little. */
  private static final Duration BEFORE = Duration.ofMinutes(5);

  private final Path directory;
  private final Form form;
  private final X509Certificate certificate;
  private final PrivateKey key;

  /** In which files a key and its certificate are kept. */
  public enum Form {
    /** {@code NAME.pem} with both, as Kafka wants it: they change together. */
    KAFKA,
    /** {@code NAME.pem} with the certificate and {@code NAME.key}. */
    TWO_FILES
  }

  private Authority(Path directory, Form form, X509Certificate certificate, PrivateKey key) {
    this.directory = directory;
    this.form = form;
    this.certificate = certificate;
    this.key = key;
  }

  /** The authority of a directory, which is made where there is none. */
  public static Authority in(Path directory, Form form) {
    Path ca = trusted(directory);
    Path caKey = key(directory, CA);
    try {
      if (!Files.exists(ca) || !Files.exists(caKey)) {
        Files.createDirectories(directory);
        KeyPair own = X509.newKey();
        Instant now = Instant.now();
        String name = "Throwaway authority of " + directory.getFileName();
        X509.Subject subject = new X509.Subject(name, now.minus(BEFORE), now.plus(LIFE_OF_ITS_OWN));
        SecretFile.write(caKey, PemFiles.of(own.getPrivate()));
        SecretFile.write(ca, PemFiles.of(X509.authority(subject, own)));
      }
      return new Authority(directory, form, PemFiles.certificate(ca), PemFiles.key(caKey));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The authority in " + directory + " cannot be used", e);
    }
  }

  /** The file with the certificate of a directory's authority. */
  public static Path trusted(Path directory) {
    return certificate(directory, CA);
  }

  /** The file with a certificate of a directory's authority. */
  public static Path certificate(Path directory, String commonName) {
    return directory.resolve(commonName + PEM);
  }

  /** The file with the key of a certificate that is kept in two files. */
  public static Path key(Path directory, String commonName) {
    return directory.resolve(commonName + ".key");
  }

  /** One line for each certificate, its own first. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    lines.add(describe(trusted(directory)));
    issued().forEach(name -> lines.add(describe(certificate(directory, name))));
    return lines;
  }

  private static String describe(Path file) {
    try {
      return file + " until " + PemFiles.certificate(file).getNotAfter().toInstant();
    } catch (IOException | GeneralSecurityException e) {
      return file + " cannot be read: " + e.getMessage();
    }
  }

  /** Issues all certificates anew but its own, and returns how many. */
  public int renew() {
    List<String> names = issued();
    names.forEach(this::issue);
    return names.size();
  }

  private List<String> issued() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(PEM) && !name.equals(CA + PEM))
          .map(name -> name.substring(0, name.length() - PEM.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Issues a certificate where there is none that holds for another month. */
  public void ensure(String commonName) {
    if (!holds(commonName)) {
      issue(commonName);
    }
  }

  private boolean holds(String commonName) {
    Path file = certificate(directory, commonName);
    if (!Files.exists(file)) {
      return false;
    }
    try {
      X509Certificate known = PemFiles.certificate(file);
      known.verify(certificate.getPublicKey());
      return known.getNotAfter().toInstant().isAfter(Instant.now().plus(LEFT_AT_LEAST));
    } catch (IOException | GeneralSecurityException e) {
      return false; // Whatever it was, a new one takes its place.
    }
  }

  /** Issues a certificate for a new key, in place of the one of before. */
  public void issue(String commonName) {
    Instant now = Instant.now();
    issue(commonName, now.minus(BEFORE), now.plus(LIFE));
  }

  /** The same for a time of the caller's choice. */
  public void issue(String commonName, Instant notBefore, Instant notAfter) {
    try {
      KeyPair own = X509.newKey();
      X509Certificate issued =
          X509.end(
              new X509.Subject(commonName, notBefore, notAfter),
              own.getPublic(),
              "Throwaway authority of " + directory.getFileName(),
              key);
      String keyText = PemFiles.of(own.getPrivate());
      String certificateText = PemFiles.of(issued);
      Path file = certificate(directory, commonName);
      if (form == Form.KAFKA) {
        SecretFile.write(file, keyText + certificateText);
      } else {
        SecretFile.write(key(directory, commonName), keyText);
        SecretFile.write(file, certificateText);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("No certificate can be issued for " + commonName, e);
    }
  }
}
