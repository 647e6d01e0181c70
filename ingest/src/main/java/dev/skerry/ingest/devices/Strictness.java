package dev.skerry.ingest.devices;

/** How seriously the rules of a devices file are taken. */
public enum Strictness {
  /** Nobody looks, except that a disabled device stays out. */
  OFF,
  /** What is against a rule is counted by reason, and taken all the same. */
  WARN,
  /** What is against a rule is refused and kept as a dead letter. */
  ENFORCE
}
