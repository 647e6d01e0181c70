package dev.skerry.local.seed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skerry.schemas.catalogue.IdBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Asks a registry for every id, by subject and version and by the id itself, and compares: the same
 * number and, parsed, the same canonical form. What a registry claims to have done does not count.
 */
final class ReadBack {

  private final RegistryHttp registry;

  ReadBack(RegistryHttp registry) {
    this.registry = registry;
  }

  /**
   * What a registry has.
   *
   * @param missing what is not there yet
   * @param differences what is there and is something else
   */
  record Found(List<Wanted> missing, List<Difference> differences) {}

  Found read(List<Wanted> wanted) throws InterruptedException {
    List<Wanted> missing = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    for (Wanted one : wanted) {
      Optional<String> takenId = byId(one);
      RegistryHttp.Reply version = registry.get(one.path() + "/versions/" + one.version());
      if (takenId.isPresent()) {
        differences.add(different(one, takenId.get()));
      } else if (version.status() == 404) {
        missing.add(one);
      } else {
        byVersion(one, version.orThrow().body()).ifPresent(differences::add);
      }
    }
    differences.addAll(strangers(wanted));
    return new Found(missing, differences);
  }

  /**
   * Versions of the catalogue's subjects that somebody else has registered: those outside of its
   * block of ids. Those inside belong to a newer release.
   */
  private List<Difference> strangers(List<Wanted> wanted) throws InterruptedException {
    Map<String, Set<Integer>> known = new LinkedHashMap<>();
    wanted.forEach(w -> known.computeIfAbsent(w.path(), path -> new HashSet<>()).add(w.version()));
    List<Difference> strangers = new ArrayList<>();
    for (Map.Entry<String, Set<Integer>> subject : known.entrySet()) {
      RegistryHttp.Reply versions = registry.get(subject.getKey() + "/versions");
      if (versions.status() == 404) {
        continue; // It is missing as a whole.
      }
      for (JsonNode version : versions.orThrow().body()) {
        if (!subject.getValue().contains(version.asInt())) {
          stranger(subject.getKey() + "/versions/" + version.asInt()).ifPresent(strangers::add);
        }
      }
    }
    return strangers;
  }

  private Optional<Difference> stranger(String path) throws InterruptedException {
    JsonNode version = registry.get(path).orThrow().body();
    int id = version.path("id").asInt();
    return IdBlock.contains(id)
        ? Optional.empty()
        : Optional.of(
            new Difference(
                version.path("subject").asText(),
                version.path("version").asInt(),
                "no such version",
                "id " + id));
  }

  /** What else the id means, if it means anything else. */
  private Optional<String> byId(Wanted one) throws InterruptedException {
    RegistryHttp.Reply reply = registry.get("/schemas/ids/" + one.id());
    if (reply.status() == 404) {
      return Optional.empty();
    }
    String schema = reply.orThrow().body().path("schema").asText();
    return same(one, schema)
        ? Optional.empty()
        : Optional.of("id " + one.id() + " is another schema: " + name(schema));
  }

  private Optional<Difference> byVersion(Wanted one, JsonNode version) throws InterruptedException {
    int id = version.path("id").asInt();
    String schema = version.path("schema").asText();
    if (!same(one, schema)) {
      return Optional.of(different(one, "id " + id + ", another schema: " + name(schema)));
    }
    if (id != one.id()) {
      return Optional.of(different(one, "id " + id));
    }
    return registry.get("/schemas/ids/" + id).isOk()
        ? Optional.empty()
        : Optional.of(different(one, "id " + id + ", which cannot be read by itself"));
  }

  static Difference different(Wanted one, String found) {
    return new Difference(one.subject(), one.version(), "id " + one.id(), found);
  }

  private static boolean same(Wanted one, String schema) {
    return parse(schema)
        .map(found -> SchemaNormalization.toParsingForm(found).equals(one.canonical()))
        .orElse(false);
  }

  private static String name(String schema) {
    return parse(schema).map(Schema::getFullName).orElse("no Avro schema");
  }

  private static Optional<Schema> parse(String schema) {
    try {
      return Optional.of(new Schema.Parser().parse(schema));
    } catch (AvroRuntimeException e) {
      return Optional.empty();
    }
  }
}
