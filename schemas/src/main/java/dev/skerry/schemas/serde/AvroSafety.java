package dev.skerry.schemas.serde;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * What Avro's own readers must be told once per process before they read records of the contract:
 * that its generated classes may be instantiated, and that no length inside a record is larger than
 * {@value #MAX_LENGTH}, so that corrupt bytes cannot exhaust the heap before they are found to be
 * corrupt. {@link AvroDecoder} does this by itself.
 */
public final class AvroSafety {

  /** Records are smaller by far; see the topic catalogue. */
  private static final int MAX_LENGTH = 16 << 20;

  private static final String CONTRACT = "dev.skerry.schemas";

  static {
    for (String limit : new String[] {"bytes", "string", "collectionItems"}) {
      String property = "org.apache.avro.limits." + limit + ".maxLength";
      if (System.getProperty(property) == null) {
        System.setProperty(property, Integer.toString(MAX_LENGTH));
      }
    }
    ClassSecurityPredicate contract = type -> type.getPackageName().equals(CONTRACT);
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), contract));
  }

  private AvroSafety() {}

  /** Tells Avro, the first time that it is called. Thread-safe. */
  public static void enable() {
    // The static initialiser has done it by now.
  }
}
