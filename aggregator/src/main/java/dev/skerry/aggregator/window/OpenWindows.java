package dev.skerry.aggregator.window;

import java.time.Duration;
import java.util.Comparator;
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

  /**
   * Which windows are to be seen.
   *
   * @param wanted whether one is
   * @param order of what is seen of a partition
   * @param atMost how many are seen of a partition, the first in that order; 1 and up
   */
  public record Selection(Predicate<WindowKey> wanted, Comparator<WindowKey> order, int atMost) {}

  private record Question<S, R>(
      Selection selection, BiFunction<WindowKey, S, R> view, CompletableFuture<List<R>> answer) {

    /** Does no work for somebody who has gone meanwhile. */
    void answerFrom(HeldSums<S> open) {
      if (!answer.isDone()) {
        answer.complete(
            open.keys().stream()
                .filter(selection.wanted())
                .sorted(selection.order())
                .limit(selection.atMost())
                .map(key -> view.apply(key, open.peek(key)))
                .toList());
      }
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
      Selection selection, BiFunction<WindowKey, S, R> view, Duration patience)
      throws InterruptedException, TimeoutException {
    Map<Integer, CompletableFuture<List<R>>> asked = new HashMap<>();
    questionsByPartition.forEach(
        (partition, questions) -> {
          CompletableFuture<List<R>> answer = new CompletableFuture<>();
          questions.removeIf(question -> question.answer().isDone());
          questions.add(new Question<>(selection, view, answer));
          asked.put(partition, answer);
        });
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    Map<Integer, List<R>> answers = new HashMap<>();
    try {
      for (Map.Entry<Integer, CompletableFuture<List<R>>> entry : asked.entrySet()) {
        answers.put(entry.getKey(), await(entry.getValue(), deadlineNanos - System.nanoTime()));
      }
    } finally {
      asked.values().forEach(answer -> answer.cancel(false));
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
