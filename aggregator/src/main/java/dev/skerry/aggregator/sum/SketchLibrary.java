package dev.skerry.aggregator.sum;

/**
 * Makes the sketch library load on every Java from 17 on.
 *
 * <p>DataSketches' memory library 3.0 refuses by name each Java that is newer than 21, although
 * what is used of it, sketches on the heap, works there. It looks at {@code java.version} once,
 * when it is loaded.
 */
public final class SketchLibrary {

  private static final String CHECKED = "org.apache.datasketches.memory.internal.ResourceImpl";
  private static final String VERSION = "java.version";
  private static final int NEWEST_KNOWN = 21;

  private SketchLibrary() {}

  /** Loads it; to be called before other threads run and before the first sketch. */
  public static void load() throws ClassNotFoundException {
    String version = System.getProperty(VERSION);
    if (Runtime.version().feature() <= NEWEST_KNOWN) {
      return;
    }
    System.setProperty(VERSION, Integer.toString(NEWEST_KNOWN));
    try {
      Class<?> unused = Class.forName(CHECKED);
    } finally {
      System.setProperty(VERSION, version);
    }
  }
}
