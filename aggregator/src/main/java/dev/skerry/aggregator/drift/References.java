package dev.skerry.aggregator.drift;

import dev.skerry.schemas.model.InvalidContractException;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.OnnxFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The references of the models that lie in a site's files. Files are looked at again, at most once
 * in {@link #LOOK_EVERY}, when a model is asked for that was not there. Thread-safe.
 */
public final class References {

  private static final Logger log = LoggerFactory.getLogger(References.class);
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  /** A directory of models, and one for each of them in it. */
  private static final int DEPTH = 2;

  private final List<Path> places;
  private final LongSupplier nanoClock;
  private final Set<String> toldOf = new HashSet<>();
  private volatile List<ModelContract> contracts;
  private long lookedAtNanos;

  /**
   * Reads the files.
   *
   * @param places files, or directories of {@code .onnx} files, also in directories in them
   */
  public References(List<Path> places) {
    this(places, System::nanoTime);
  }

  References(List<Path> places, LongSupplier nanoClock) {
    this.places = List.copyOf(places);
    this.nanoClock = nanoClock;
    this.lookedAtNanos = nanoClock.getAsLong();
    this.contracts = read();
  }

  /** The contract of a model with a reference; empty where it has none or is not there. */
  Optional<ModelContract> of(String model, String version) {
    Optional<ModelContract> known = find(model, version);
    if (known.isEmpty()) {
      lookAgain();
      known = find(model, version);
    }
    if (known.filter(contract -> contract.reference() != null).isEmpty()) {
      tellOnce(model, version, known.isPresent());
      return Optional.empty();
    }
    return known;
  }

  /** The contracts with a reference of the models that answer a stream. */
  List<ModelContract> ofStream(String stream) {
    return contracts.stream()
        .filter(contract -> contract.stream().equals(stream) && contract.reference() != null)
        .toList();
  }

  private Optional<ModelContract> find(String model, String version) {
    return contracts.stream()
        .filter(contract -> contract.name().equals(model) && contract.version().equals(version))
        .findFirst();
  }

  private synchronized void lookAgain() {
    if (nanoClock.getAsLong() - lookedAtNanos >= LOOK_EVERY.toNanos()) {
      lookedAtNanos = nanoClock.getAsLong();
      contracts = read();
    }
  }

  private synchronized void tellOnce(String model, String version, boolean known) {
    if (toldOf.add(model + " " + version)) {
      log.warn(
          "The drift of {} {} is not watched: {}",
          model,
          version,
          known ? "its contract has no reference" : "its file is in none of " + places);
    }
  }

  private List<ModelContract> read() {
    List<ModelContract> read = new ArrayList<>();
    for (Path place : places) {
      for (Path file : files(place)) {
        try {
          read.add(OnnxFile.read(file).contract());
        } catch (InvalidContractException | UncheckedIOException e) {
          log.warn("The model {} cannot be measured against: {}", file, e.getMessage());
        }
      }
    }
    return List.copyOf(read);
  }

  private static List<Path> files(Path place) {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    try (Stream<Path> inside = Files.walk(place, DEPTH)) {
      return inside.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The directory " + place + " cannot be read", e);
    }
  }
}
