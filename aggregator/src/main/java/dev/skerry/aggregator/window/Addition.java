package dev.skerry.aggregator.window;

/**
 * How sums of one kind add up and become bytes. Adding is associative and commutative with {@link
 * #zero} as identity (floating-point sums up to rounding, sketches up to their error), so partial
 * sums of any split of the records add up to the same. Thread-safe.
 *
 * @param <S> a sum that grows in place
 */
public interface Addition<S> {

  /** A sum of nothing. */
  S zero();

  /** Adds one to the other in place; {@code delta} stays as it is. */
  void add(S to, S delta);

  /** How many records a sum is made of, for metrics. */
  long count(S sum);

  /** A sum as bytes, for state and for internal topics. */
  byte[] encode(S sum);

  /** Such bytes as a sum that nothing else refers to. */
  S decode(byte[] bytes);
}
