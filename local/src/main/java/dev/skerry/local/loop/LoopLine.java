package dev.skerry.local.loop;

import dev.skerry.local.terminal.Text;
import dev.skerry.retrain.loop.LoopState;
import java.util.ArrayList;
import java.util.List;

/** How far the circle is, in a few words. */
public final class LoopLine {

  private LoopLine() {}

  /** For example {@code 42/150 new labels, bearing-inner not known}. */
  public static String of(LoopState state) {
    List<String> words = new ArrayList<>();
    words.add(phase(state));
    if (!state.unknown().isEmpty()) {
      words.add(String.join(" and ", state.unknown()) + " not known");
    }
    if (!state.learnt().isEmpty()) {
      words.add(
          "%s learnt (%s)"
              .formatted(String.join(" and ", state.learnt()), state.champion().version()));
    }
    return String.join(", ", words);
  }

  private static String phase(LoopState state) {
    String version = state.training() == null ? "" : state.training().version() + " ";
    return switch (state.phase()) {
      case COLLECTING -> labels(state);
      case TRAINING -> version + "is trained";
      case JUDGING -> version + "is at the gate";
      case TRIAL -> "a release is tried";
    };
  }

  private static String labels(LoopState state) {
    Long needed = state.trainsAt();
    return needed == null
        ? Text.count(state.labelled()) + " labels"
        : Text.count(state.fresh()) + "/" + Text.count(needed) + " new labels";
  }
}
