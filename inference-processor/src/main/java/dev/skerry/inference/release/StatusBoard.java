package dev.skerry.inference.release;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was decided at this site, model by model: as {@code model-status} says, and kept on disk for
 * a start without a broker. Used by one thread.
 */
final class StatusBoard {

  private static final Logger log = LoggerFactory.getLogger(StatusBoard.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String siteId;
  private final Path file;
  private final AvroDecoder<ModelStatus> decoder = new AvroDecoder<>(ModelStatus.class);
  private final Map<String, ModelState> states = new HashMap<>();
  private boolean isSaved = true;

  /** As JSON has it; what was left out is null. */
  private record Saved(
      @Nullable String champion,
      @Nullable String canary,
      double canaryShare,
      @Nullable List<String> former,
      @Nullable List<String> withdrawn) {

    static Saved of(ModelState state) {
      return new Saved(
          state.champion().orElse(null),
          state.canary().orElse(null),
          state.canaryShare(),
          state.former(),
          state.withdrawn());
    }

    ModelState state() {
      return new ModelState(
          Optional.ofNullable(champion),
          Optional.ofNullable(canary),
          canaryShare,
          former == null ? List.of() : former,
          withdrawn == null ? List.of() : withdrawn);
    }
  }

  /** Reads what was kept; a file that cannot be read is as good as none. */
  StatusBoard(String siteId, Path file) {
    this.siteId = siteId;
    this.file = file;
    if (Files.exists(file)) {
      try {
        JSON.readValue(file.toFile(), new TypeReference<Map<String, Saved>>() {})
            .forEach((model, saved) -> states.put(model, saved.state()));
      } catch (IOException e) {
        log.warn("{} is damaged; what was decided is read from model-status", file, e);
      }
    }
  }

  /** What was decided about a model. */
  ModelState state(String model) {
    return states.getOrDefault(model, ModelState.NONE);
  }

  /** Takes in a record of {@code model-status}, of whichever site. */
  void accept(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null
        && decoder.decode(record.value()) instanceof Decoded.Value<ModelStatus> decoded
        && decoded.value().getSiteId().equals(siteId)) {
      ModelStatus status = decoded.value();
      ModelState before = state(status.getModel());
      ModelState after = after(before, status);
      if (!after.equals(before)) {
        states.put(status.getModel(), after);
        isSaved = false;
      }
    }
  }

  /** Former champions are not in the record: each process remembers those that it saw. */
  private static ModelState after(ModelState before, ModelStatus status) {
    Optional<String> champion = Optional.ofNullable(status.getChampionVersion());
    List<String> former = new ArrayList<>(before.former());
    before
        .champion()
        .filter(left -> !champion.equals(Optional.of(left)))
        .ifPresent(
            left -> {
              former.remove(left);
              former.add(0, left);
            });
    champion.ifPresent(former::remove);
    former.removeAll(status.getWithdrawnVersions());
    return new ModelState(
        champion,
        Optional.ofNullable(status.getCanaryVersion()),
        status.getCanaryShare(),
        former,
        status.getWithdrawnVersions());
  }

  /** Keeps on disk what was decided since the last time; what cannot be kept yet holds anyway. */
  void save() {
    if (isSaved) {
      return;
    }
    Map<String, Saved> saved = new HashMap<>();
    states.forEach((model, state) -> saved.put(model, Saved.of(state)));
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (FileOutputStream out = new FileOutputStream(next.toFile())) {
      out.write(JSON.writeValueAsBytes(saved));
      out.getFD().sync(); // Or a power cut may leave an empty file under the name.
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + next + " cannot be written", e);
    }
    try {
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      isSaved = true;
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be written", e);
    }
  }
}
