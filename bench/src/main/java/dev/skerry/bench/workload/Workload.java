package dev.skerry.bench.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is scored: models and how the traffic is shared between them. */
public enum Workload {
  /** A light network over windows of 64 floats. */
  MLP(
      "light MLP (64 floats, 64-64-8)",
      4_000_000,
      new NetworkShape("vibration", 1, 64, List.of(64), 8, 100)),

  /** The feed-forward network of the Crayfish benchmark: 28 × 28 in, three layers of 32, 10 out. */
  FFNN(
      "Crayfish FFNN (28×28 floats, 784-32-32-32-10)",
      200_000,
      new NetworkShape("digits", 28, 28, List.of(32, 32, 32), 10, 100)),

  /** Three light networks with very different shares of the traffic. */
  THREE(
      "three MLPs at 1, 10 and 89 % of the traffic (64 floats)",
      1_000_000,
      new NetworkShape("rare", 1, 64, List.of(32), 4, 1),
      new NetworkShape("frequent", 1, 64, List.of(128), 8, 10),
      new NetworkShape("common", 1, 64, List.of(64), 8, 89)),

  /** A convolutional network over the frames of simulated cameras. */
  CNN("CNN on camera frames (128×128, JPEG; models/surface)", 15_000, new CameraStream(100));

  private final String description;
  private final int records;

  @SuppressWarnings("ImmutableEnumChecker") // It is.
  private final List<ScoredStream> streams;

  Workload(String description, int records, ScoredStream... streams) {
    this.description = description;
    this.records = records;
    this.streams = List.of(streams);
  }

  /** What it is, for people. */
  public String description() {
    return description;
  }

  /** How many records a run measures unless it is told otherwise. */
  public int records() {
    return records;
  }

  /** The streams, each with its model. */
  public List<ScoredStream> streams() {
    return streams;
  }

  /** Whether its records are frames, which the processor reads with workers of their own. */
  public boolean isOfFrames() {
    return streams.get(0) instanceof CameraStream;
  }

  /** Its name on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The workload of that name; throws {@link IllegalArgumentException} that lists the names. */
  public static Workload of(String id) {
    return Arrays.stream(values())
        .filter(workload -> workload.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no workload called %s; there are %s"
                        .formatted(id, Arrays.stream(values()).map(Workload::id).toList())));
  }
}
