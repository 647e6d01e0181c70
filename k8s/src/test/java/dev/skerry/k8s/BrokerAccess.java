package dev.skerry.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether nobody can come to a broker but by TLS, with a certificate of its own that the cluster's
 * operator issues, and whether everybody who has to come there does. Not thread-safe.
 */
final class BrokerAccess {

  private static final String PART = "app.kubernetes.io/part-of";

  private final Set<String> ids;
  private final Map<String, Manifest> configs;
  private final List<String> problems = new ArrayList<>();

  private BrokerAccess(List<Manifest> rendered) {
    this.ids = rendered.stream().map(Manifest::id).collect(Collectors.toSet());
    this.configs =
        rendered.stream()
            .filter(manifest -> manifest.kind().equals("ConfigMap"))
            .collect(Collectors.toMap(Manifest::name, manifest -> manifest, (one, same) -> one));
  }

  /** What is open, or closed to somebody who has to come in, among the resources of one render. */
  static List<String> problems(List<Manifest> rendered) {
    BrokerAccess check = new BrokerAccess(rendered);
    rendered.forEach(check::check);
    return check.problems;
  }

  private void check(Manifest manifest) {
    JsonNode spec = manifest.node().path("spec");
    switch (manifest.kind()) {
      case "Kafka" -> brokers(manifest, spec.path("kafka"));
      case "KafkaMirrorMaker2" -> {
        client(manifest, "target", spec.path("target"));
        Manifest.items(spec.path("mirrors"))
            .forEach(mirror -> client(manifest, "source", mirror.path("source")));
      }
      case "KafkaConnect" -> client(manifest, "worker", spec);
      case "ScaledObject" ->
          Manifest.items(spec.path("triggers"))
              .forEach(
                  trigger ->
                      complain(
                          trigger.at("/metadata/tls").asText().equals("enable")
                              && ids.contains(
                                  "TriggerAuthentication/"
                                      + trigger.at("/authenticationRef/name").asText()),
                          manifest,
                          "its trigger comes without TLS or certificate"));
      default -> manifest.pod().ifPresent(pod -> workload(manifest, pod));
    }
  }

  private void brokers(Manifest manifest, JsonNode kafka) {
    complain(
        kafka.at("/authorization/type").asText().equals("simple"),
        manifest,
        "its brokers let everybody do everything");
    Manifest.items(kafka.path("listeners"))
        .forEach(
            listener -> {
              String name = "the listener " + listener.path("name").asText();
              complain(listener.path("tls").asBoolean(), manifest, name + " is plain");
              complain(
                  listener.at("/authentication/type").asText().equals("tls"),
                  manifest,
                  name + " asks nobody who it is");
            });
  }

  /** What Strimzi runs and comes to brokers. */
  private void client(Manifest manifest, String role, JsonNode side) {
    List<String> trusted =
        Manifest.items(side.at("/tls/trustedCertificates"))
            .map(secret -> secret.path("secretName").asText())
            .toList();
    String own = side.at("/authentication/certificateAndKey/secretName").asText();
    complain(!trusted.isEmpty(), manifest, "its " + role + " is plain, or trusts nobody");
    complain(
        side.at("/authentication/type").asText().equals("tls") && !own.isEmpty(),
        manifest,
        "its " + role + " shows no certificate");
    trusted.forEach(secret -> require(manifest, secret));
    require(manifest, own);
  }

  private void workload(Manifest manifest, JsonNode pod) {
    if (!pod.at("/metadata/labels").path(PART).asText().equals("skerry")) {
      return;
    }
    Map<String, String> secrets = secretsByPath(pod.path("spec"));
    List<Map<String, String>> clients = clients(pod.path("spec"));
    complain(!clients.isEmpty(), manifest, "it comes to no broker that it shows a certificate to");
    for (Map<String, String> client : clients) {
      String own = secrets.getOrDefault(client.getOrDefault("ssl.keystore.location", ""), "");
      String ca = secrets.getOrDefault(client.getOrDefault("ssl.truststore.location", ""), "");
      complain(
          client.getOrDefault("security.protocol", "").equals("SSL"),
          manifest,
          "it comes to the broker without TLS");
      complain(Secrets.isOfAUser(ids, own), manifest, "there is no KafkaUser for it: " + own);
      complain(Secrets.isOfAnAuthority(ids, ca), manifest, "it does not trust the broker: " + ca);
    }
  }

  /** The secret that is mounted at each path. */
  private static Map<String, String> secretsByPath(JsonNode spec) {
    Map<String, String> byVolume = new HashMap<>();
    Manifest.items(spec.path("volumes"))
        .filter(volume -> volume.has("secret"))
        .forEach(
            volume ->
                byVolume.put(
                    volume.path("name").asText(), volume.at("/secret/secretName").asText()));
    Map<String, String> byPath = new HashMap<>();
    Manifest.items(spec.path("containers"))
        .flatMap(container -> Manifest.items(container.path("volumeMounts")))
        .forEach(
            mount ->
                Optional.ofNullable(byVolume.get(mount.path("name").asText()))
                    .ifPresent(secret -> byPath.put(mount.path("mountPath").asText(), secret)));
    return byPath;
  }

  /** The settings of each Kafka client that its configuration files describe. */
  private List<Map<String, String>> clients(JsonNode spec) {
    return Manifest.items(spec.path("volumes"))
        .map(volume -> configs.get(volume.at("/configMap/name").asText()))
        .filter(config -> config != null)
        .flatMap(config -> config.node().path("data").properties().stream())
        .filter(file -> file.getKey().endsWith(".properties"))
        .map(file -> client(file.getValue().asText()))
        .filter(client -> !client.isEmpty())
        .toList();
  }

  private static Map<String, String> client(String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> client = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      String key = name.startsWith("kafka.") ? name.substring("kafka.".length()) : name;
      if (key.startsWith("ssl.") || key.matches("security.protocol|bootstrap.servers")) {
        client.put(key, properties.getProperty(name));
      }
    }
    return client;
  }

  private void require(Manifest manifest, String secret) {
    complain(
        Secrets.isThere(ids, secret), manifest, "it names Secret/" + secret + ", made by nobody");
  }

  private void complain(boolean holds, Manifest manifest, String problem) {
    if (!holds) {
      problems.add(manifest + ": " + problem);
    }
  }
}
