package dev.skerry.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTlsTest {

  private static final String PASSWORD = "changeit";

  @TempDir private static Path dir;
  private static Path store;
  private static Path certificate;

  @BeforeAll
  static void makeACertificate() throws Exception {
    store = dir.resolve("store.p12");
    certificate = dir.resolve("certificate.pem");
    keytool(
        "-genkeypair -alias a -keyalg EC -dname CN=localhost -ext SAN=dns:localhost,ip:127.0.0.1"
            + " -validity 2");
    keytool("-exportcert -alias a -rfc -file " + certificate);
  }

  @Test
  void shouldTrustTheStoreThatTheSettingsName() throws Exception {
    try (FakeRegistry registry = FakeRegistry.with(server(false))) {
      registry.put(1, "\"int\"");
      assertThat(ask(registry, trust("PKCS12", store, PASSWORD))).isInstanceOf(Answer.Known.class);
      assertThat(
              ask(
                  registry,
                  Map.of(
                      prefixed("truststore.type"),
                      "PEM",
                      prefixed("truststore.location"),
                      certificate.toString())))
          .isInstanceOf(Answer.Known.class);
    }
  }

  @Test
  void shouldNotTalkToARegistryThatItDoesNotTrust() throws Exception {
    try (FakeRegistry registry = FakeRegistry.with(server(false))) {
      assertThat(ask(registry, Map.of())).isInstanceOf(Answer.Away.class);
      assertThat(registry.requests()).isEmpty();
    }
  }

  @Test
  void shouldShowItsOwnCertificateWhereTheRegistryWantsOne() throws Exception {
    try (FakeRegistry registry = FakeRegistry.with(server(true))) {
      registry.put(1, "\"int\"");
      Map<String, String> trust = trust("PKCS12", store, PASSWORD);
      assertThat(ask(registry, trust)).isInstanceOf(Answer.Away.class);
      Map<String, String> both = new HashMap<>(trust);
      both.put(prefixed("keystore.type"), "PKCS12");
      both.put(prefixed("keystore.location"), store.toString());
      both.put(prefixed("keystore.password"), PASSWORD);
      both.put(prefixed("key.password"), PASSWORD);
      assertThat(ask(registry, both)).isInstanceOf(Answer.Known.class);
    }
  }

  private static Answer<?> ask(FakeRegistry registry, Map<String, String> tls) {
    Map<String, String> settings = new HashMap<>(tls);
    settings.put("schema.registry.url", "https://localhost:" + registry.port());
    settings.put("http.read.timeout.ms", "20000");
    settings.put("http.connect.timeout.ms", "20000");
    return new RegistryClient(RegistryConfig.of(settings).orElseThrow()).schema(1);
  }

  private static Map<String, String> trust(String type, Path file, String password) {
    return Map.of(
        prefixed("truststore.type"), type,
        prefixed("truststore.location"), file.toString(),
        prefixed("truststore.password"), password);
  }

  private static String prefixed(String name) {
    return "schema.registry.ssl." + name;
  }

  private static HttpsServer server(boolean wantsCertificates)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", keys.getCertificate("a"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    HttpsServer server = HttpsServer.create(FakeRegistry.loopback(), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setNeedClientAuth(wantsCertificates);
            parameters.setSSLParameters(wanted);
          }
        });
    return server;
  }

  private static void keytool(String arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()),
                Stream.of(
                    (arguments
                            + " -keystore "
                            + store
                            + " -storetype PKCS12 -storepass "
                            + PASSWORD)
                        .split(" ")))
            .collect(Collectors.toList());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(dir.resolve("log"))).isZero();
  }
}
