package dev.skerry.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * TLS on every listener of a node, the controller's included: clients show a certificate or get
 * nothing, and may do nothing that no ACL grants. There is no plain listener then.
 *
 * @param keyStore the node's own key and certificate chain, PEM in one file
 * @param trustStore certificates of those who sign the clients', PEM
 * @param superUsers the principals that may do everything, the node's own among them
 */
public record NodeSecurity(Path keyStore, Path trustStore, List<String> superUsers) {

  private static final String AUTHORIZER =
      "org.apache.kafka.metadata.authorizer.StandardAuthorizer";

  /** Refuses a node that could not even serve itself. */
  public NodeSecurity {
    superUsers = List.copyOf(superUsers);
    if (superUsers.isEmpty()) {
      throw new IllegalArgumentException(
          "superUsers is empty: name the node's own principal, or it cannot start");
    }
  }

  Map<String, String> properties() {
    return Map.ofEntries(
        Map.entry("ssl.keystore.type", "PEM"),
        Map.entry("ssl.keystore.location", keyStore.toString()),
        Map.entry("ssl.truststore.type", "PEM"),
        Map.entry("ssl.truststore.location", trustStore.toString()),
        Map.entry("ssl.client.auth", "required"),
        Map.entry("authorizer.class.name", AUTHORIZER),
        Map.entry("allow.everyone.if.no.acl.found", "false"),
        Map.entry("super.users", superUsers.stream().collect(Collectors.joining(";"))));
  }
}
