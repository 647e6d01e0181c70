package dev.skerry.local.seed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/** A setting of a subject. A registry that answers 200 may not have made it: it is read again. */
enum Setting {
  COMPATIBILITY("/config/", "compatibility", "compatibilityLevel"),
  MODE("/mode/", "mode", "mode");

  private final String path;
  private final String written;
  private final String read;

  Setting(String path, String written, String read) {
    this.path = path;
    this.written = written;
    this.read = read;
  }

  /** Writes it where it is not so yet; a difference where it is not so afterwards. */
  Optional<Difference> ensure(RegistryHttp registry, String subject, String value)
      throws InterruptedException {
    String at = path + RegistryHttp.segment(subject);
    if (value(registry, at).equals(value)) {
      return Optional.empty();
    }
    registry.put(at, JsonNodeFactory.instance.objectNode().put(written, value)).orThrow();
    String found = value(registry, at);
    return found.equals(value)
        ? Optional.empty()
        : Optional.of(new Difference(subject, 0, written + " " + value, found));
  }

  private String value(RegistryHttp registry, String at) throws InterruptedException {
    RegistryHttp.Reply reply = registry.get(at);
    return reply.isOk() ? reply.body().path(read).asText("none") : "none";
  }
}
