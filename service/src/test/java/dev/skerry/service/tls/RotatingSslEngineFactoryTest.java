package dev.skerry.service.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates in directories, as Secrets of Kubernetes are mounted. */
class RotatingSslEngineFactoryTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path shared;
  private static KeyStore made;

  @TempDir private Path dir;

  @BeforeAll
  static void makeCertificates() throws Exception {
    Path store = shared.resolve("store.p12");
    keytool(store, "-genkeypair -alias one -keyalg EC -dname CN=one -validity 2");
    keytool(store, "-genkeypair -alias two -keyalg EC -dname CN=two -validity 2");
    made = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(store)) {
      made.load(bytes, PASSWORD);
    }
  }

  @Test
  void shouldReadWhatStrimziAndCertManagerMount() throws Exception {
    for (String name : List.of("user", "tls")) {
      Path mounted = Files.createDirectory(dir.resolve(name));
      write(mounted, name, "one");
      Files.writeString(mounted.resolve("user.password"), "not asked for");
      assertThat(OwnCertificate.of(keyStore(mounted)).flatMap(OwnCertificate::commonName))
          .contains("one");
    }
  }

  /** The kubelet writes a directory beside, and then turns the link that all files lead over. */
  @Test
  void shouldReadAgainWhenTheVolumeTurns() throws Exception {
    Path mounted = Files.createDirectory(dir.resolve("mounted"));
    for (String version : List.of("one", "two")) {
      write(Files.createDirectory(mounted.resolve(".." + version)), "user", version);
    }
    Path data = mounted.resolve("..data");
    Files.createSymbolicLink(data, Path.of("..one"));
    for (String file : List.of("user.key", "user.crt")) {
      Files.createSymbolicLink(mounted.resolve(file), Path.of("..data", file));
    }
    OwnCertificate own = OwnCertificate.of(keyStore(mounted)).orElseThrow();
    assertThat(own.commonName()).contains("one");

    Path next = Files.createSymbolicLink(mounted.resolve("..next"), Path.of("..two"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    await().untilAsserted(() -> assertThat(own.commonName()).contains("two"));

    // What cannot be used is passed over, until it can be.
    Files.delete(mounted.resolve("..two").resolve("user.key"));
    assertThat(own.commonName()).contains("two");
  }

  @Test
  void shouldTrustEveryAuthorityOfADirectory() throws Exception {
    Path mounted = Files.createDirectory(dir.resolve("ca"));
    Files.writeString(mounted.resolve("ca.crt"), certificate("one"));
    RotatingSslEngineFactory factory = trusting(mounted);
    assertThat(trusted(factory)).hasSize(1);
    Files.writeString(mounted.resolve("ca-2026-11-22.crt"), certificate("two"));
    await().untilAsserted(() -> assertThat(trusted(factory)).hasSize(2));
    factory.close();
  }

  @Test
  void shouldSayWhichDirectoryHoldsNothing() throws Exception {
    Path empty = Files.createDirectory(dir.resolve("empty"));
    assertThatThrownBy(() -> trusting(empty))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining(empty.toString())
        .hasMessageContaining("ca.crt");
    RotatingSslEngineFactory factory = new RotatingSslEngineFactory();
    assertThatThrownBy(() -> factory.configure(parsed(keyStore(empty))))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining(empty.toString())
        .hasMessageContaining("user.key");
  }

  private static Map<String, String> keyStore(Path location) {
    return Map.of("ssl.keystore.type", "PEM", "ssl.keystore.location", location.toString());
  }

  private static RotatingSslEngineFactory trusting(Path location) {
    RotatingSslEngineFactory factory = new RotatingSslEngineFactory();
    factory.configure(parsed(Map.of("ssl.truststore.location", location.toString())));
    return factory;
  }

  private static Map<String, ?> parsed(Map<String, String> settings) {
    return new ConfigDef().withClientSslSupport().parse(new HashMap<>(settings));
  }

  private static List<String> trusted(RotatingSslEngineFactory factory) throws Exception {
    return Collections.list(requireNonNull(factory.truststore()).aliases());
  }

  private static void write(Path directory, String name, String alias) throws Exception {
    Files.writeString(
        directory.resolve(name + ".key"),
        pem("PRIVATE KEY", made.getKey(alias, PASSWORD).getEncoded()));
    Files.writeString(directory.resolve(name + ".crt"), certificate(alias));
  }

  private static String certificate(String alias) throws Exception {
    return pem("CERTIFICATE", made.getCertificate(alias).getEncoded());
  }

  private static String pem(String type, byte[] bytes) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(bytes), type);
  }

  private static void keytool(Path store, String arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", new String(PASSWORD)));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
  }
}
