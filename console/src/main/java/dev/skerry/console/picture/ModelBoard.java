package dev.skerry.console.picture;

import dev.skerry.console.read.Seen;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What serves at the site, and the last steps that brought it there. Not thread-safe. */
final class ModelBoard {

  private static final int STEPS = 12;

  private final AvroDecoder<ModelStatus> decoder;
  private final Map<String, Step> latest = new TreeMap<>();
  private final Deque<Step> steps = new ArrayDeque<>();

  ModelBoard(WriterSchemas schemas) {
    this.decoder = new AvroDecoder<>(ModelStatus.class, schemas);
  }

  /**
   * A step of a model, as the page lists it.
   *
   * @param at in milliseconds since the epoch
   * @param evidence the figures that decided it
   */
  record Step(
      long at,
      String model,
      String stream,
      String step,
      String version,
      String reason,
      @Nullable String champion,
      @Nullable String canary,
      float share,
      Map<String, Double> evidence) {

    static Step of(ModelStatus status) {
      return new Step(
          status.getChangedAt().toEpochMilli(),
          status.getModel(),
          status.getStream(),
          status.getStep().name(),
          status.getModelVersion(),
          status.getReason(),
          status.getChampionVersion(),
          status.getCanaryVersion(),
          status.getCanaryShare(),
          new TreeMap<>(status.getEvidence()));
    }
  }

  void take(Seen seen) {
    byte[] value = seen.record().value();
    if (value != null && decoder.decode(value) instanceof Decoded.Value<ModelStatus> decoded) {
      Step step = Step.of(decoded.value());
      latest.put(step.model(), step);
      steps.addFirst(step);
      if (steps.size() > STEPS) {
        steps.removeLast();
      }
    }
  }

  /** The last step of each model. */
  List<Step> models() {
    return List.copyOf(latest.values());
  }

  /** The newest first. */
  List<Step> steps() {
    return List.copyOf(steps);
  }
}
