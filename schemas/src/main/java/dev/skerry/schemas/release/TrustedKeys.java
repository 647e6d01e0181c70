package dev.skerry.schemas.release;

import dev.skerry.schemas.ModelPartKey;
import dev.skerry.schemas.SignedStatement;
import dev.skerry.schemas.serde.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The keys whose statements count. Thread-safe. */
public final class TrustedKeys {

  private static final String SUFFIX = ".pub";

  private volatile Map<String, PublicKeyFile> byId = Map.of();
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();
  private final boolean allowUnsigned;
  private final boolean anybody;

  /**
   * Some keys.
   *
   * @param revoked ids of keys that count no more, whoever has them
   * @param allowUnsigned whether statements without any signature count too, for development
   */
  public TrustedKeys(
      Collection<PublicKeyFile> keys, Collection<String> revoked, boolean allowUnsigned) {
    this(keys, revoked, allowUnsigned, false);
  }

  private TrustedKeys(
      Collection<PublicKeyFile> keys,
      Collection<String> revoked,
      boolean allowUnsigned,
      boolean anybody) {
    this.anybody = anybody;
    this.revoked.addAll(revoked);
    this.allowUnsigned = allowUnsigned;
    replace(keys);
  }

  /** Checks no signatures: for looking at what is published, never for serving it. */
  public static TrustedKeys anybody() {
    return new TrustedKeys(List.of(), List.of(), true, true);
  }

  /**
   * Reads keys.
   *
   * @param paths files, and directories of which every {@code .pub} file is taken
   * @throws InvalidKeyFileException for a file without a public key
   */
  public static List<PublicKeyFile> read(List<Path> paths) {
    List<PublicKeyFile> keys = new ArrayList<>();
    for (Path path : paths) {
      files(path).forEach(file -> keys.add(PublicKeyFile.read(file)));
    }
    return keys;
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The directory " + path + " cannot be read", e);
    }
  }

  /** What a signed statement is worth. */
  public sealed interface Checked {}

  /**
   * It counts.
   *
   * @param keyId of the key that signed it; empty where none did
   */
  public record Valid(Statement statement, String keyId) implements Checked {}

  /**
   * It does not.
   *
   * @param reason why, in one sentence
   */
  public record Refused(String reason) implements Checked {}

  /** Checks signature, key and form of a statement, and that it stands under its own key. */
  public Checked check(ModelPartKey place, SignedStatement signed) {
    byte[] json = Bytes.copyOf(signed.getStatement());
    byte[] signature = Bytes.copyOf(signed.getSignature());
    String keyId = signed.getKeyId();
    if (signature.length == 0 && keyId.isEmpty()) {
      return allowUnsigned ? parse(place, signed, json) : new Refused("it is not signed");
    }
    if (anybody) {
      return parse(place, signed, json);
    }
    PublicKeyFile key = byId.get(keyId);
    if (key == null) {
      return new Refused("its key " + keyId + " is not among the trusted ones");
    }
    if (revoked.contains(keyId)) {
      return new Refused("its key " + keyId + " was revoked");
    }
    if (!key.hasSigned(json, signature)) {
      return new Refused("its signature is not that of the key " + keyId);
    }
    return parse(place, signed, json);
  }

  private static Checked parse(ModelPartKey place, SignedStatement signed, byte[] json) {
    Statement statement;
    try {
      statement = Statement.fromJson(json);
    } catch (InvalidStatementException e) {
      return new Refused("its statement is wrong: " + e.getMessage());
    }
    boolean agrees =
        statement.kind() == signed.getKind()
            && statement.part() == place.getPart()
            && statement.model().equals(place.getModel())
            && statement.version().equals(place.getModelVersion());
    if (!agrees) {
      return new Refused("it stands where another statement belongs");
    }
    boolean ofItself =
        !(statement instanceof KeyRevocation) || statement.version().equals(signed.getKeyId());
    return ofItself
        ? new Valid(statement, signed.getKeyId())
        : new Refused("a key can revoke itself alone");
  }

  /** These count from now on, and no others. What was revoked stays so. */
  public void replace(Collection<PublicKeyFile> keys) {
    Map<String, PublicKeyFile> next = new HashMap<>();
    keys.forEach(key -> next.put(key.id(), key));
    byId = Map.copyOf(next);
  }

  /** The ids of all of them, also of those that were revoked. */
  public Set<String> ids() {
    return byId.keySet();
  }

  /** Nothing that this key has signed counts from now on. */
  public void revoke(String keyId) {
    revoked.add(keyId);
  }

  /** Whether what this key has signed counts; an empty id stands for no signature. */
  public boolean isTrusted(String keyId) {
    return keyId.isEmpty()
        ? allowUnsigned
        : (anybody || byId.containsKey(keyId)) && !revoked.contains(keyId);
  }

  /** How many there are. */
  public int size() {
    return byId.size();
  }
}
