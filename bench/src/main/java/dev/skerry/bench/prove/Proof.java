package dev.skerry.bench.prove;

/** What was done and what came of it, as it is printed. */
public interface Proof {

  /** Whether the promise held. */
  boolean holds();
}
