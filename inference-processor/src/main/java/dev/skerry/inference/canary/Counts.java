package dev.skerry.inference.canary;

/**
 * Cases, and how many of them count.
 *
 * @param cases 0 and up
 * @param hits 0 to cases
 */
public record Counts(long cases, long hits) {

  /** None. */
  static final Counts NONE = new Counts(0, 0);

  /** With more of them. */
  Counts plus(Counts more) {
    return new Counts(cases + more.cases, hits + more.hits);
  }

  /** The share that counts, 0 to 1; 0 where there are no cases. */
  double share() {
    return cases == 0 ? 0 : (double) hits / cases;
  }
}
