package dev.skerry.retrain.train;

/** Is told how far a training has come, a line at a time, for people. */
@FunctionalInterface
public interface Progress {

  /** Nobody listens. */
  Progress SILENT = line -> {};

  void report(String line);
}
