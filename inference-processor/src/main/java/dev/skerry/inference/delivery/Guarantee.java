package dev.skerry.inference.delivery;

/** What a reader of the answers may rely on after a crash or a rebalance. */
public enum Guarantee {
  /** Every record is answered once: answers and offsets commit in one transaction. */
  EXACTLY_ONCE,

  /** Every record is answered, some twice: offsets are committed after their answers. */
  AT_LEAST_ONCE
}
