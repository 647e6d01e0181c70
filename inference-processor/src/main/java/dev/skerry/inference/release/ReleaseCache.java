package dev.skerry.inference.release;

import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.release.ReleaseRecord;
import dev.skerry.schemas.release.TrustedKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases on disk, each in a directory of its own with the signed manifest beside the file, so
 * that a site can check them again with no broker. Used by one thread.
 */
final class ReleaseCache {

  private static final Logger log = LoggerFactory.getLogger(ReleaseCache.class);
  private static final String MODEL = "model.onnx";
  private static final String MANIFEST = "manifest.bin";
  private static final String INCOMING = "incoming";

  private final Path directory;
  private final Map<ReleaseId, Kept> verified = new HashMap<>();

  /** The keys of what is here and must not be used, until it is known what takes its place. */
  private final Map<ReleaseId, String> distrusted = new HashMap<>();

  private record Kept(Manifest manifest, String keyId) {}

  /** Opens the cache, and makes the directory where there is none. */
  ReleaseCache(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("The directory " + directory + " cannot be made", e);
    }
  }

  /**
   * Checks all that is there. What is damaged, or came in part, is deleted, and comes again from
   * the topic; what a key has signed that is not trusted any more lies unused until it is dropped.
   */
  void verify(TrustedKeys keys) {
    deleteParts();
    for (Path entry : entries()) {
      Optional<ReleaseRecord.Stated> stated = stated(entry);
      Optional<Kept> kept = stated.flatMap(found -> kept(found, keys));
      if (kept.isPresent() && isWhole(entry.resolve(MODEL), kept.get().manifest())) {
        verified.put(kept.get().manifest().release(), kept.get());
      } else if (stated.isPresent() && !keys.isTrusted(stated.get().signed().getKeyId())) {
        log.warn("What is kept in {} is not trusted any more; it is not used", entry);
        distrusted.put(release(stated.get()), stated.get().signed().getKeyId());
      } else {
        log.warn("What is kept in {} is damaged; it is deleted", entry);
        delete(entry);
      }
    }
  }

  /** The manifest of an entry, whoever signed it; empty where there is none of that release. */
  private Optional<ReleaseRecord.Stated> stated(Path entry) {
    try {
      byte[] value = Files.readAllBytes(entry.resolve(MANIFEST));
      return new ReleaseRecord.Reader().read(value) instanceof ReleaseRecord.Stated stated
              && entry.equals(entry(release(stated)))
          ? Optional.of(stated)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // It is not there, or not readable: damaged either way.
    }
  }

  private static ReleaseId release(ReleaseRecord.Stated stated) {
    return new ReleaseId(stated.place().getModel(), stated.place().getModelVersion());
  }

  private static Optional<Kept> kept(ReleaseRecord.Stated stated, TrustedKeys keys) {
    return keys.check(stated.place(), stated.signed()) instanceof TrustedKeys.Valid valid
            && valid.statement() instanceof Manifest manifest
        ? Optional.of(new Kept(manifest, valid.keyId()))
        : Optional.empty();
  }

  private static boolean isWhole(Path file, Manifest manifest) {
    try {
      return Files.size(file) == manifest.sizeBytes() && sha256(file).equals(manifest.sha256());
    } catch (IOException e) {
      return false;
    }
  }

  /** The manifest of a release that is here, whole and verified. */
  Optional<Manifest> manifest(ReleaseId release) {
    return Optional.ofNullable(verified.get(release)).map(Kept::manifest);
  }

  /** The key that signed its manifest, trusted or not; empty where it is not here. */
  Optional<String> keyId(ReleaseId release) {
    return Optional.ofNullable(verified.get(release))
        .map(Kept::keyId)
        .or(() -> Optional.ofNullable(distrusted.get(release)));
  }

  /** What lies here unused since its key is not trusted. */
  List<ReleaseId> distrusted() {
    return List.copyOf(distrusted.keySet());
  }

  /** Whether exactly this file is here. */
  boolean has(Manifest manifest) {
    Kept kept = verified.get(manifest.release());
    return kept != null && kept.manifest().sha256().equals(manifest.sha256());
  }

  /** All that are here. */
  List<Manifest> manifests() {
    return verified.values().stream().map(Kept::manifest).toList();
  }

  /**
   * The file of a release that is here, after it was checked once more; empty where it was damaged
   * meanwhile.
   */
  Optional<Path> file(ReleaseId release) {
    Kept kept = verified.get(release);
    Path file = entry(release).resolve(MODEL);
    if (kept != null && isWhole(file, kept.manifest())) {
      return Optional.of(file);
    }
    if (kept != null) {
      log.warn("The file of {} is damaged; it is deleted and read again from the topic", release);
      drop(release);
    }
    return Optional.empty();
  }

  /** A place for the file of a release while it comes in. */
  Path incoming(Manifest manifest) {
    return directory.resolve(name(manifest.release()) + "." + INCOMING);
  }

  /**
   * Takes in a file that has come whole.
   *
   * @param value the record of the manifest
   * @param keyId of the key that signed it
   * @return the file's hash where it is not the manifest's; then the file is deleted
   */
  Optional<String> add(Manifest manifest, byte[] value, String keyId) {
    Path incoming = incoming(manifest);
    try {
      String actual = sha256(incoming);
      if (!actual.equals(manifest.sha256())) {
        Files.delete(incoming);
        return Optional.of(actual);
      }
      Path entry = entry(manifest.release());
      delete(entry);
      Files.createDirectories(entry);
      Files.write(entry.resolve(MANIFEST), value);
      Files.move(incoming, entry.resolve(MODEL), StandardCopyOption.ATOMIC_MOVE);
      distrusted.remove(manifest.release());
      verified.put(manifest.release(), new Kept(manifest, keyId));
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("The cache " + directory + " cannot be written", e);
    }
  }

  /** Deletes a release. */
  void drop(ReleaseId release) {
    verified.remove(release);
    distrusted.remove(release);
    delete(entry(release));
  }

  /** Deletes what has come of a release that is not awaited any more. */
  void dropIncoming(Manifest manifest) {
    deleteFile(incoming(manifest));
  }

  /** A process that begins writes them anew. */
  private void deleteParts() {
    try (Stream<Path> entries = Files.list(directory)) {
      entries
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith("." + INCOMING))
          .forEach(ReleaseCache::deleteFile);
    } catch (IOException e) {
      throw new UncheckedIOException("The directory " + directory + " cannot be read", e);
    }
  }

  private static void deleteFile(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be deleted", e);
    }
  }

  private Iterable<Path> entries() {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The directory " + directory + " cannot be read", e);
    }
  }

  private Path entry(ReleaseId release) {
    return directory.resolve(name(release));
  }

  /**
   * Encoded names have no @ and no /, so that each release has a name, and none leads elsewhere.
   */
  private static String name(ReleaseId release) {
    return URLEncoder.encode(release.model(), StandardCharsets.UTF_8)
        + "@"
        + URLEncoder.encode(release.version(), StandardCharsets.UTF_8);
  }

  private static void delete(Path entry) {
    deleteFile(entry.resolve(MODEL));
    deleteFile(entry.resolve(MANIFEST));
    deleteFile(entry);
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256Digest())) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
    }
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
