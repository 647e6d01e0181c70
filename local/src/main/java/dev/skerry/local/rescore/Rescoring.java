package dev.skerry.local.rescore;

import dev.skerry.inference.InferenceConfig;
import dev.skerry.inference.InferenceService;
import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.GroupOffsets;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Observability;
import dev.skerry.service.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Runs the site's own inference over telemetry that is still there, up to where it ends now, by a
 * group of its own and into a topic of its own, exactly once. One that was cut off goes on where it
 * was when it is asked for again by the same name.
 *
 * @param contract of the model
 * @param name of the rescoring
 * @param from telemetry that was appended before is left out the first time; empty for none
 */
public record Rescoring(
    Broker broker,
    Path model,
    ModelContract contract,
    String name,
    Topic into,
    Optional<Instant> from) {

  private static final long LOOK_MILLIS = 200;

  /** Is told how far it is. */
  @FunctionalInterface
  public interface Progress {
    void scored(long records, long all);
  }

  /**
   * Scores all that is to be scored.
   *
   * @return records that were looked at in this run
   */
  public long run(Progress progress) throws InterruptedException {
    try (Admin admin = broker.admin();
        TopicReader reader = new TopicReader(broker)) {
      createTopic(admin);
      List<TopicPartition> partitions = reader.partitions(List.of(source().name()));
      Map<TopicPartition, Long> ends = reader.ends(partitions);
      Map<TopicPartition, Long> starts = starts(admin, reader, partitions);
      if (takesFrames()) {
        // Readings are not asked for: the workers that would read them stand at their end.
        begin(admin, group(), reader.ends(reader.partitions(List.of(Topics.TELEMETRY.name()))));
      }
      begin(admin, sourceGroup(), starts);
      long all = distance(starts, ends);
      if (all > 0) {
        score(admin, reader, starts, ends, progress);
      }
      return all;
    } catch (ExecutionException e) {
      throw new KafkaException("The broker does not let it score: " + e.getCause(), e);
    }
  }

  /** A partition may end in markers of transactions, which nobody commits as read. */
  private static boolean recordsAreLeft(
      TopicReader reader, Map<TopicPartition, Long> reached, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> unread = new HashMap<>(reached);
    unread.entrySet().removeIf(at -> at.getValue() >= ends.getOrDefault(at.getKey(), 0L));
    return reader.firsts(unread).entrySet().stream()
        .anyMatch(first -> first.getValue().offset() < ends.getOrDefault(first.getKey(), 0L));
  }

  private boolean takesFrames() {
    return contract.input() instanceof FrameInput;
  }

  private Topic source() {
    return takesFrames() ? Topics.TELEMETRY_FRAMES : Topics.TELEMETRY;
  }

  private String group() {
    return "skerry-rescore-" + name;
  }

  private String sourceGroup() {
    return takesFrames() ? group() + "-frames" : group();
  }

  private void createTopic(Admin admin) throws InterruptedException, ExecutionException {
    if (!admin.listTopics().names().get().contains(into.name())) {
      admin.createTopics(List.of(into.newTopic(Side.EDGE))).all().get();
    }
  }

  private Map<TopicPartition, Long> starts(
      Admin admin, TopicReader reader, List<TopicPartition> partitions)
      throws InterruptedException {
    Map<TopicPartition, Long> beginnings = reader.beginnings(partitions);
    Map<TopicPartition, Long> starts =
        from.map(time -> reader.offsetsAt(partitions, time)).orElse(beginnings);
    GroupOffsets.committed(admin, sourceGroup())
        .forEach((partition, offset) -> starts.merge(partition, offset, Math::max));
    return starts;
  }

  /** A group that has begun goes on; its members, which only seem to be gone, forbid any change. */
  private static void begin(Admin admin, String group, Map<TopicPartition, Long> offsets)
      throws InterruptedException, ExecutionException {
    if (!GroupOffsets.committed(admin, group).isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    offsets.forEach((partition, offset) -> next.put(partition, new OffsetAndMetadata(offset)));
    admin.alterConsumerGroupOffsets(group, next).all().get();
  }

  private void score(
      Admin admin,
      TopicReader reader,
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends,
      Progress progress)
      throws InterruptedException, ExecutionException {
    Settings settings = Settings.of(settings(ends), InferenceConfig.class);
    try (Observability observability = Observability.start(settings.service().http());
        InferenceService inference = new InferenceService(settings, observability)) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      Thread thread = new Thread(() -> run(inference, end), "rescore");
      thread.start();
      try {
        long all = distance(starts, ends);
        long left = all;
        while (left > 0 && !ended(end)) {
          Map<TopicPartition, Long> reached = new HashMap<>(starts);
          reached.putAll(GroupOffsets.committed(admin, sourceGroup()));
          long before = left;
          left = distance(reached, ends);
          if (left == before && !recordsAreLeft(reader, reached, ends)) {
            left = 0;
          }
          progress.scored(all - left, all);
        }
      } finally {
        inference.stop();
        thread.join();
      }
    }
  }

  private Map<String, String> settings(Map<TopicPartition, Long> ends) {
    Map<String, String> settings = new HashMap<>(broker.ofService());
    settings.put("inference.site-id", "rescore");
    settings.put("inference.instance", "rescore");
    settings.put("inference.group", group());
    settings.put("inference.frames.group", group() + "-frames");
    settings.put("inference.models", model.toString());
    settings.put("inference.unserved", "ignore");
    settings.put("inference.rescore-to", into.name());
    ends.forEach(
        (partition, end) ->
            settings.put("inference.rescore-until." + partition, Long.toString(end)));
    return settings;
  }

  private static void run(InferenceService inference, CompletableFuture<Void> end) {
    try {
      inference.run();
      end.complete(null);
    } catch (Throwable reason) {
      end.completeExceptionally(reason);
    }
  }

  /** Waits a moment; throws what ended the inference. */
  private static boolean ended(CompletableFuture<Void> end)
      throws InterruptedException, ExecutionException {
    try {
      end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private static long distance(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    return to.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - from.getOrDefault(end.getKey(), 0L)))
        .sum();
  }
}
