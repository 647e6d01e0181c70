package dev.skerry.schemas.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.ReadingsInput;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What people want to know of a contract before they have the file; the file's own contract holds.
 *
 * @param task what kind of answer the model gives
 * @param input what it takes, in words
 * @param labels its classes
 * @param latencyTargetMillis at the 99th percentile; null for no target
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ContractSummary(
    @JsonProperty(required = true) String task,
    @JsonProperty(required = true) String input,
    @JsonProperty(required = true) List<String> labels,
    @Nullable Float latencyTargetMillis) {

  public ContractSummary {
    labels = List.copyOf(labels);
  }

  /** Of a contract. */
  public static ContractSummary of(ModelContract contract) {
    return new ContractSummary(
        contract.task().name().toLowerCase(Locale.ROOT),
        input(contract),
        contract.labels(),
        contract.latencyTargetMillis());
  }

  private static String input(ModelContract contract) {
    if (contract.input() instanceof FrameInput frame) {
      return "frames of %d x %d".formatted(frame.width(), frame.height());
    }
    ReadingsInput readings = contract.readings();
    return "readings of %d x %d".formatted(readings.channels().size(), readings.steps());
  }
}
