package dev.skerry.inference.lineup;

import dev.skerry.inference.canary.CanaryEvidence;
import dev.skerry.inference.model.ServedModel;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The models of one stream.
 *
 * @param champion answers every device, or those that the canary does not
 * @param canary the one that is tried, of the same stream; null where none is
 */
public record StreamModels(ServedModel champion, @Nullable Canary canary) {

  /** Without a canary. */
  public StreamModels(ServedModel champion) {
    this(champion, null);
  }

  /** The stream. */
  public String stream() {
    return champion.contract().stream();
  }

  /** All of them. */
  Stream<ServedModel> all() {
    return canary == null ? Stream.of(champion) : Stream.of(champion, canary.model());
  }

  /**
   * A model that is tried.
   *
   * @param deviceShare of the devices, which it answers, 0 to 1
   * @param shadowShare of the records, which champion and canary both score, 0 to 1
   * @param salt chooses devices and records, so that each release has others
   * @param evidence what is seen of it
   */
  public record Canary(
      ServedModel model,
      double deviceShare,
      double shadowShare,
      long salt,
      CanaryEvidence evidence) {}
}
