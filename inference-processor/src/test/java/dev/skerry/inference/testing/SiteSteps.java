package dev.skerry.inference.testing;

import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** What a site says of releases on {@code model-status}. */
public record SiteSteps(Edge edge) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** All of it, the oldest first. */
  public List<ModelStatus> all() {
    SkerryAvroDeserializer<ModelStatus> decoder = new SkerryAvroDeserializer<>(ModelStatus.class);
    return edge.readAll(Topics.MODEL_STATUS).stream()
        .map(record -> decoder.deserialize(record.topic(), record.value()))
        .toList();
  }

  /** Every time that a step was taken with a version. */
  public List<ModelStatus> all(ModelStep step, String version) {
    return all().stream().filter(status -> is(status, step, version)).toList();
  }

  /** Waits for a step with a version, whose reason has these words. */
  public ModelStatus await(ModelStep step, String version, String words) {
    return await(status -> is(status, step, version) && status.getReason().contains(words));
  }

  /** Waits for a step with a version. */
  public ModelStatus await(ModelStep step, String version) {
    return await(step, version, "");
  }

  /** Waits for something to be said. */
  public ModelStatus await(Predicate<ModelStatus> condition) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> all().stream().filter(condition).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  private static boolean is(ModelStatus status, ModelStep step, String version) {
    return status.getStep() == step && status.getModelVersion().equals(version);
  }
}
