package dev.skerry.local.seed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Confluent's and Redpanda's way: a subject in mode IMPORT takes versions with the ids that are
 * given. Each subject is back in its former mode afterwards, whatever happened.
 */
final class ConfluentImporter implements Importer {

  private static final String IMPORT = "IMPORT";

  private final RegistryHttp registry;

  ConfluentImporter(RegistryHttp registry) {
    this.registry = registry;
  }

  @Override
  public String kind() {
    return "a registry with mode IMPORT, as Confluent's and Redpanda's";
  }

  @Override
  public boolean enforcesModes() {
    return true;
  }

  @Override
  public void register(List<Wanted> missing) throws InterruptedException {
    Map<String, List<Wanted>> bySubject = new LinkedHashMap<>();
    missing.forEach(w -> bySubject.computeIfAbsent(w.subject(), s -> new ArrayList<>()).add(w));
    for (Map.Entry<String, List<Wanted>> subject : bySubject.entrySet()) {
      if (!registerInImportMode(subject.getKey(), subject.getValue())) {
        return;
      }
    }
  }

  private boolean registerInImportMode(String subject, List<Wanted> versions)
      throws InterruptedException {
    String mode = "/mode/" + RegistryHttp.segment(subject);
    RegistryHttp.Reply former = registry.get(mode);
    RegistryHttp.Reply switched = registry.put(mode + "?force=true", mode(IMPORT));
    if (!switched.isOk()) {
      throw new SeedFailedException(
          "The registry cannot be switched to mode IMPORT for "
              + subject
              + ", so that it would take no ids: "
              + switched.describe()
              + "; allow mode changes (mode.mutability=true) and give a user who may make them");
    }
    try {
      return registerVersions(versions);
    } finally {
      restore(mode, former);
    }
  }

  private boolean registerVersions(List<Wanted> versions) throws InterruptedException {
    for (Wanted version : versions) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("schemaType", "AVRO");
      body.put("schema", version.schema().toString());
      body.put("version", version.version());
      body.put("id", version.id());
      RegistryHttp.Reply reply = registry.post(version.path() + "/versions", body).orThrow();
      if (reply.body().path("id").asInt() != version.id()) {
        return false;
      }
    }
    return true;
  }

  private void restore(String mode, RegistryHttp.Reply former) throws InterruptedException {
    String was = former.isOk() ? former.body().path("mode").asText("") : "";
    RegistryHttp.Reply restored =
        was.isEmpty() ? registry.delete(mode) : registry.put(mode + "?force=true", mode(was));
    if (!restored.isOk() && was.isEmpty()) {
      // Registries that have no mode for each subject to delete.
      restored = registry.put(mode, mode("READWRITE"));
    }
    restored.orThrow();
  }

  private static ObjectNode mode(String mode) {
    return JsonNodeFactory.instance.objectNode().put("mode", mode);
  }
}
