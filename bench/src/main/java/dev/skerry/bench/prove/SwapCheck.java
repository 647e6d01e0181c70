package dev.skerry.bench.prove;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.skerry.bench.workload.ExpectedScores;
import dev.skerry.bench.workload.TelemetryPool;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads all answers as anybody would and looks at each: whether there is one for each record, whose
 * scores it has, and how long its partition had waited for it. Not thread-safe.
 */
final class SwapCheck {

  private final List<ExpectedScores> expectedByParity;
  private final AvroDecoder<Detection> decoder = new AvroDecoder<>(Detection.class);
  private final BitSet answered = new BitSet();
  private final Map<Integer, Detection> lastByPartition = new HashMap<>();
  private final Set<String> versions = new HashSet<>();
  private long answers;
  private long doubled;
  private long wrong;
  private long backwards;
  private long longestRoundMillis;
  private long longestSwapMillis;

  private SwapCheck(List<ExpectedScores> expectedByParity) {
    this.expectedByParity = expectedByParity;
  }

  /**
   * What was found.
   *
   * @param answers detections
   * @param missing telemetry without one
   * @param doubled detections of telemetry that had one
   * @param wrong detections with other scores than those of the version that they name
   * @param backwards answers in a partition by an older version after a newer one
   * @param versions how many versions answered
   * @param longestRoundMillis the longest time between two answers in a row of a partition, by one
   *     version
   * @param longestSwapMillis the same where the version changed
   */
  record Report(
      long answers,
      long missing,
      long doubled,
      long wrong,
      long backwards,
      int versions,
      long longestRoundMillis,
      long longestSwapMillis,
      boolean holds) {

    /** Whether each record has one answer, with the scores of the version that it names. */
    @JsonIgnore
    boolean isComplete() {
      return answers > 0 && missing == 0 && doubled == 0 && wrong == 0 && backwards == 0;
    }
  }

  /** The version of a swap, 1 and up. */
  static String version(int swap) {
    return "2.0." + swap;
  }

  private static int swapOf(String version) {
    return version.startsWith("2.0.") ? Integer.parseInt(version.substring(4)) : 0;
  }

  /** What was said of a version, in that order. */
  static List<ModelStep> steps(String bootstrapServers, String version) {
    AvroDecoder<ModelStatus> decoder = new AvroDecoder<>(ModelStatus.class);
    List<ModelStep> steps = new ArrayList<>();
    try (TopicReader reader = new TopicReader(bootstrapServers)) {
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(Topics.MODEL_STATUS.name()))),
          record -> {
            if (decoder.decode(record.value()) instanceof Decoded.Value<ModelStatus> status
                && status.value().getModelVersion().equals(version)) {
              steps.add(status.value().getStep());
            }
          });
    }
    return steps;
  }

  /**
   * Reads all answers.
   *
   * @param questions how many records asked
   * @param swaps how many versions came
   * @param expectedByParity scores of even and of odd swaps; the first model is an even one
   */
  static Report read(
      String bootstrapServers, long questions, int swaps, List<ExpectedScores> expectedByParity) {
    SwapCheck check = new SwapCheck(expectedByParity);
    try (TopicReader reader = new TopicReader(bootstrapServers)) {
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(Topics.DETECTIONS.name()))), check::see);
    }
    return check.report(questions, swaps);
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    if (!(decoder.decode(record.value()) instanceof Decoded.Value<Detection> decoded)) {
      throw new IllegalStateException("A detection cannot be read");
    }
    Detection detection = decoded.value();
    long index = TelemetryPool.index(detection.getSequence());
    answers++;
    doubled += answered.get(Math.toIntExact(index)) ? 1 : 0;
    answered.set(Math.toIntExact(index));
    versions.add(detection.getModelVersion());
    int swap = swapOf(detection.getModelVersion());
    wrong += expectedByParity.get(swap % 2).agree(index, detection) ? 0 : 1;
    Detection before = lastByPartition.put(detection.getSource().getPartition(), detection);
    if (before != null) {
      time(before, detection);
    }
  }

  private void time(Detection before, Detection detection) {
    long millis = detection.getInferredAt().toEpochMilli() - before.getInferredAt().toEpochMilli();
    int swapBefore = swapOf(before.getModelVersion());
    int swap = swapOf(detection.getModelVersion());
    if (swap == swapBefore) {
      longestRoundMillis = Math.max(longestRoundMillis, millis);
    } else {
      longestSwapMillis = Math.max(longestSwapMillis, millis);
      backwards += swap < swapBefore ? 1 : 0;
    }
  }

  private Report report(long questions, int swaps) {
    long missing = questions - answered.get(0, Math.toIntExact(questions)).cardinality();
    boolean holds =
        answers > 0
            && missing == 0
            && doubled == 0
            && wrong == 0
            && backwards == 0
            && versions.size() == swaps + 1
            && longestSwapMillis <= longestRoundMillis;
    return new Report(
        answers,
        missing,
        doubled,
        wrong,
        backwards,
        versions.size(),
        longestRoundMillis,
        longestSwapMillis,
        holds);
  }
}
