package dev.skerry.aggregator.window;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets other threads look at windows that are still open. A question is put to the stream threads
 * and answered at their next tick, so that looking costs nothing while nobody looks. What is seen
 * may still be rolled back. Thread-safe.
 */
public final class OpenWindows<S> {

  private final Map<Integer, Queue<Question<S, ?>>> questionsByPartition =
      new ConcurrentHashMap<>();

  private record Question<S, R>(
      Predicate<WindowKey> wanted,
      BiFunction<WindowKey, S, R> view,
      CompletableFuture<List<R>> answer) {

    void answerFrom(HeldSums<S> open) {
      List<R> seen = new ArrayList<>();
      for (WindowKey key : open.keys()) {
        if (wanted.test(key)) {
          seen.add(view.apply(key, open.peek(key)));
        }
      }
      answer.complete(seen);
    }
  }

  /** The partitions of partial sums whose windows are held here. */
  public Set<Integer> partitions() {
    return new TreeSet<>(questionsByPartition.keySet());
  }

  /**
   * Looks at the open windows of all {@link #partitions}, by partition.
   *
   * @param view makes what is to be seen of a sum; called by stream threads, and must keep nothing
   *     of it
   * @throws TimeoutException where a stream thread does not answer, for example during a rebalance
   */
  public <R> Map<Integer, List<R>> look(
      Predicate<WindowKey> wanted, BiFunction<WindowKey, S, R> view, Duration patience)
      throws InterruptedException, TimeoutException {
    Map<Integer, CompletableFuture<List<R>>> asked = new HashMap<>();
    questionsByPartition.forEach(
        (partition, questions) -> {
          CompletableFuture<List<R>> answer = new CompletableFuture<>();
          questions.add(new Question<>(wanted, view, answer));
          asked.put(partition, answer);
        });
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    Map<Integer, List<R>> answers = new HashMap<>();
    for (Map.Entry<Integer, CompletableFuture<List<R>>> entry : asked.entrySet()) {
      answers.put(entry.getKey(), await(entry.getValue(), deadlineNanos - System.nanoTime()));
    }
    return answers;
  }

  private static <R> R await(CompletableFuture<R> answer, long nanos)
      throws InterruptedException, TimeoutException {
    try {
      return answer.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A view of a window failed", e.getCause());
    }
  }

  void join(int partition) {
    questionsByPartition.put(partition, new ConcurrentLinkedQueue<>());
  }

  void answer(int partition, HeldSums<S> open) {
    Queue<Question<S, ?>> questions = questionsByPartition.get(partition);
    for (Question<S, ?> question = poll(questions); question != null; question = poll(questions)) {
      question.answerFrom(open);
    }
  }

  private static <S> @Nullable Question<S, ?> poll(@Nullable Queue<Question<S, ?>> questions) {
    return questions == null ? null : questions.poll();
  }

  void leave(int partition) {
    questionsByPartition.remove(partition);
  }
}
