package dev.skerry.retrain.train.judge;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a model answered for what was true. The first label means that nothing is wrong; all others
 * count as a fault for the questions of detection. Used by one thread.
 */
public final class Confusion {

  private final List<String> labels;
  private final long[][] countByTruthAndAnswer;

  public Confusion(List<String> labels) {
    this.labels = List.copyOf(labels);
    this.countByTruthAndAnswer = new long[labels.size()][labels.size()];
  }

  public void add(int truth, int answer) {
    countByTruthAndAnswer[truth][answer]++;
  }

  public List<String> labels() {
    return labels;
  }

  public long count(int truth, int answer) {
    return countByTruthAndAnswer[truth][answer];
  }

  public long total() {
    return IntStream.range(0, labels.size()).mapToLong(this::truths).sum();
  }

  /** Share of right answers, 0 to 1. */
  public double accuracy() {
    long right = IntStream.range(0, labels.size()).mapToLong(label -> count(label, label)).sum();
    return share(right, total());
  }

  /** Share of a label's windows that got it, 0 to 1. */
  public double recall(int label) {
    return share(count(label, label), truths(label));
  }

  /** Share of the answers with a label that are right, 0 to 1. */
  public double precision(int label) {
    long answers = IntStream.range(0, labels.size()).mapToLong(truth -> count(truth, label)).sum();
    return share(count(label, label), answers);
  }

  /** The mean of the recalls: what accuracy would be if all labels were equally frequent. */
  public double balancedAccuracy() {
    return IntStream.range(0, labels.size()).mapToDouble(this::recall).average().orElse(0);
  }

  /** The same answers with all faults as one. */
  public Confusion detection() {
    Confusion detection = new Confusion(List.of(labels.get(0), "fault"));
    for (int truth = 0; truth < labels.size(); truth++) {
      for (int answer = 0; answer < labels.size(); answer++) {
        detection.countByTruthAndAnswer[Math.min(1, truth)][Math.min(1, answer)] +=
            count(truth, answer);
      }
    }
    return detection;
  }

  /** Rows are the truth, columns the answers, as a Markdown table. */
  public String toMarkdown() {
    StringBuilder table = new StringBuilder("| truth \\ answer |");
    labels.forEach(label -> table.append(' ').append(label).append(" |"));
    table.append(" recall |\n|---|").append("---:|".repeat(labels.size() + 1)).append('\n');
    for (int truth = 0; truth < labels.size(); truth++) {
      table.append("| ").append(labels.get(truth)).append(" |");
      for (int answer = 0; answer < labels.size(); answer++) {
        table.append(' ').append(count(truth, answer)).append(" |");
      }
      table.append(String.format(Locale.ROOT, " %.3f |%n", recall(truth)));
    }
    return table.toString();
  }

  private long truths(int label) {
    return IntStream.range(0, labels.size()).mapToLong(answer -> count(label, answer)).sum();
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
