package dev.skerry.ingest.simulate;

import java.util.SplittableRandom;

/**
 * A node in a tree of seeds: each child is its own stream of random numbers, found without drawing
 * the others, so that window 1,000,000 of a machine costs as much as window 0. Mixing is the 64-bit
 * finalizer "Mix13" of Stafford, as in SplittableRandom (Steele, Lea, Flood: Fast Splittable
 * Pseudorandom Number Generators, OOPSLA 2014).
 */
public record Seed(long value) {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** The child of that number. */
  public Seed child(long index) {
    return new Seed(mix(mix(value + GOLDEN_GAMMA) ^ (index * GOLDEN_GAMMA)));
  }

  /** Its own random numbers, from the first one on. */
  public SplittableRandom random() {
    return new SplittableRandom(value);
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
