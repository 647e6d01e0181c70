package dev.skerry.schemas.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares a catalogue with the one of an earlier release: what was released then is still there,
 * byte for byte and under the same id. This catches a schema that was changed together with its
 * sha256. Thread-safe.
 */
public final class ReleaseCheck {

  private ReleaseCheck() {}

  /** What of an earlier release was changed or is gone; empty where nothing is. */
  public static List<String> problems(Path now, Path released) throws IOException {
    CatalogueDirectory today = new CatalogueDirectory(now);
    CatalogueDirectory then = new CatalogueDirectory(released);
    Map<String, ListedVersion> todays = new HashMap<>();
    today.listing().versions().forEach(v -> todays.put(v.subject() + " " + v.version(), v));
    CatalogueDirectory.Listing listing = then.listing();
    List<String> problems = new ArrayList<>(listing.problems());
    for (ListedVersion old : listing.versions()) {
      ListedVersion same = todays.get(old.subject() + " " + old.version());
      if (same == null) {
        problems.add(old.where() + " was released and is gone: put it back");
      } else {
        compare(today, then, same, old).ifPresent(problems::add);
      }
    }
    return problems;
  }

  private static Optional<String> compare(
      CatalogueDirectory today, CatalogueDirectory then, ListedVersion same, ListedVersion old)
      throws IOException {
    if (same.id() != old.id()) {
      return Optional.of(
          "%s was released with id %d and has id %d now: restore the id"
              .formatted(same.where(), old.id(), same.id()));
    }
    if (!Arrays.equals(
        today.bytes(same.file()).orElse(null), then.bytes(old.file()).orElse(null))) {
      return Optional.of(
          same.where()
              + " was released with other bytes: restore the file and release the change as a new"
              + " version");
    }
    return Optional.empty();
  }
}
