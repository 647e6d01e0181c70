package dev.skerry.schemas.registry;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * A registry whose answers are remembered, the bad ones too: what it knows for as long as there is
 * room, what it does not know for a minute, that it is away for a second. Thread-safe.
 */
public final class CachedRegistry {

  private static final long FOREVER_NANOS = Duration.ofDays(10_000).toNanos();

  private final RegistryClient client;
  private final Remembered<Integer, Schema> schemas;
  private final Remembered<Registration, Integer> ids;
  private final Remembered<String, RegistryClient.Version> latest;

  /**
   * A schema to be registered or looked up.
   *
   * @param schema its text: schemas that differ in documentation alone are two schemas
   * @param register whether the subject may get it where it is new
   */
  public record Registration(String subject, String schema, boolean normalize, boolean register) {}

  public CachedRegistry(RegistryConfig config) {
    this(config, System::nanoTime);
  }

  CachedRegistry(RegistryConfig config, LongSupplier nanoClock) {
    this.client = new RegistryClient(config, nanoClock);
    int size = config.cacheSize();
    this.schemas = new Remembered<>(size, ttl(config), nanoClock);
    this.ids = new Remembered<>(size, ttl(config), nanoClock);
    this.latest = new Remembered<>(size, ttl(config), nanoClock);
  }

  /** The schema that an id stands for. */
  public Answer<Schema> schema(int id) {
    return schemas.get(id, client::schema);
  }

  /** The id of a schema. */
  public Answer<Integer> id(Registration wanted) {
    return ids.get(wanted, this::ask);
  }

  /** The latest version of a subject. */
  public Answer<RegistryClient.Version> latest(String subject) {
    return latest.get(subject, client::latest);
  }

  /** How many answers are remembered. */
  int size() {
    return schemas.size() + ids.size() + latest.size();
  }

  private Answer<Integer> ask(Registration wanted) {
    return wanted.register()
        ? client.register(wanted.subject(), wanted.schema(), wanted.normalize())
        : client.lookUp(wanted.subject(), wanted.schema(), wanted.normalize());
  }

  private static <T> Function<Answer<T>, Long> ttl(RegistryConfig config) {
    long missingNanos = config.missingTtl().toNanos();
    long awayNanos = config.backoff().toNanos();
    return answer -> {
      if (answer instanceof Answer.Known) {
        return FOREVER_NANOS;
      }
      return answer instanceof Answer.Away ? awayNanos : missingNanos;
    };
  }
}
