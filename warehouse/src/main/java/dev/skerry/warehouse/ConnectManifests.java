package dev.skerry.warehouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.warehouse.sink.ConnectorSettings;
import dev.skerry.warehouse.sink.SinkTables;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The same worker and connectors as in this process as Strimzi {@code KafkaConnect} and {@code
 * KafkaConnector} resources.
 */
public final class ConnectManifests {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What Strimzi has fields of its own for, or sets itself. */
  private static final Set<String> STRIMZIS =
      Set.of(
          "group.id",
          "bootstrap.servers",
          "listeners",
          "plugin.discovery",
          "config.storage.topic",
          "offset.storage.topic",
          "status.storage.topic");

  private static final Set<String> CONNECTORS_OWN = Set.of("name", "connector.class", "tasks.max");

  private ConnectManifests() {}

  /**
   * The connectors of all its tables and the workers that run them.
   *
   * @param kafka how Kafka is reached
   */
  public static String of(WarehouseConfig config, Map<String, ?> kafka) {
    ConnectorSettings settings = new ConnectorSettings(config, kafka);
    return SinkTables.of(config.topics()).stream()
        .map(table -> connector(settings.of(table)))
        .collect(Collectors.joining("---\n", workers(config, kafka) + "---\n", ""));
  }

  private static String workers(WarehouseConfig config, Map<String, ?> kafka) {
    Map<String, String> settings = new TreeMap<>(ConnectWorker.settings(config, kafka));
    settings.keySet().removeIf(key -> isStrimzis(key));
    return """
    # The workers: Strimzi's image with the warehouse's jars as a plug-in (docker/warehouse-connect.Dockerfile). Keys for the object store
    # come from the secret warehouse-storage, or from the cloud's own identity of the pod, and then there is none.
    apiVersion: kafka.strimzi.io/v1
    kind: KafkaConnect
    metadata:
      name: warehouse
      annotations:
        strimzi.io/use-connector-resources: "true"
    spec:
      version: 4.3.1
      replicas: 2
      image: skerry/warehouse-connect:0.1.0
      bootstrapServers: %1$s
      tls:
        trustedCertificates:
          - secretName: cloud-cluster-ca-cert
            pattern: "*.crt"
      authentication:
        type: tls
        certificateAndKey:
          secretName: warehouse
          certificate: user.crt
          key: user.key
      groupId: %2$s
      configStorageTopic: %3$s
      offsetStorageTopic: %4$s
      statusStorageTopic: %5$s
      config:
    %6$s  resources:
        requests: {cpu: "1", memory: 2Gi}
        limits: {memory: 2Gi}
      jvmOptions:
        -Xms: 1g
        -Xmx: 1g
      template:
        pod:
          priorityClassName: skerry-standard
          # For the connectors' own clients, which Strimzi does not know.
          volumes:
            - name: kafka-user
              secret:
                secretName: warehouse
                items:
                  - {key: user.crt, path: user.crt}
                  - {key: user.key, path: user.key}
            - name: kafka-ca
              secret: {secretName: cloud-cluster-ca-cert}
        connectContainer:
          volumeMounts:
            - {name: kafka-user, mountPath: /mnt/skerry-kafka/user}
            - {name: kafka-ca, mountPath: /mnt/skerry-kafka/ca}
          env:
            - name: AWS_ACCESS_KEY_ID
              valueFrom:
                secretKeyRef: {name: warehouse-storage, key: access-key, optional: true}
            - name: AWS_SECRET_ACCESS_KEY
              valueFrom:
                secretKeyRef: {name: warehouse-storage, key: secret-key, optional: true}
    """
        .formatted(
            kafka.get("bootstrap.servers"),
            config.group(),
            ConnectWorker.storageTopic(config, "config"),
            ConnectWorker.storageTopic(config, "offset"),
            ConnectWorker.storageTopic(config, "status"),
            lines(settings));
  }

  private static boolean isStrimzis(String key) {
    return STRIMZIS.contains(key)
        || Stream.of("consumer.", "producer.", "admin.", "ssl.", "security.")
            .anyMatch(key::startsWith);
  }

  private static String connector(Map<String, String> settings) {
    Map<String, String> own = new TreeMap<>(settings);
    own.keySet().removeAll(CONNECTORS_OWN);
    return """
    apiVersion: kafka.strimzi.io/v1
    kind: KafkaConnector
    metadata:
      name: %s
      labels:
        strimzi.io/cluster: warehouse
    spec:
      class: %s
      tasksMax: %s
      autoRestart:
        enabled: true
      config:
    %s"""
        .formatted(
            settings.get("name"),
            settings.get("connector.class"),
            settings.get("tasks.max"),
            lines(own));
  }

  private static String lines(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> "    %s: %s\n".formatted(setting.getKey(), quoted(setting.getValue())))
        .collect(Collectors.joining());
  }

  /** JSON's texts are YAML's. */
  private static String quoted(String value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
