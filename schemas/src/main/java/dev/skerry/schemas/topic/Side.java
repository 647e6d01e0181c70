package dev.skerry.schemas.topic;

/** The two ends of the link. */
public enum Side {
  /** At the site. */
  EDGE,
  /** Where the sites' records come together. */
  CLOUD;

  /** The other end. */
  public Side other() {
    return this == EDGE ? CLOUD : EDGE;
  }
}
