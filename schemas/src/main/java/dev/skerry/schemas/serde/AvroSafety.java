package dev.skerry.schemas.serde;

import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * What Avro's own readers must be told once per process before they read records: that classes
 * which Avro generated may be instantiated, as they hold data and do nothing else, and that no
 * length inside a record is larger than {@value #MAX_LENGTH}, so that corrupt bytes cannot exhaust
 * the heap before they are found to be corrupt. {@link AvroDecoder} does this by itself.
 */
public final class AvroSafety {

  /** Records are smaller by far; see the topic catalogue. */
  private static final int MAX_LENGTH = 16 << 20;

  static {
    for (String limit : new String[] {"bytes", "string", "collectionItems"}) {
      String property = "org.apache.avro.limits." + limit + ".maxLength";
      if (System.getProperty(property) == null) {
        System.setProperty(property, Integer.toString(MAX_LENGTH));
      }
    }
    ClassSecurityPredicate generated = AvroSafety::isGenerated;
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), generated));
  }

  private AvroSafety() {}

  private static boolean isGenerated(Class<?> type) {
    return SpecificRecord.class.isAssignableFrom(type)
        || SpecificFixed.class.isAssignableFrom(type)
        || GenericEnumSymbol.class.isAssignableFrom(type);
  }

  /** Tells Avro, the first time that it is called. Thread-safe. */
  public static void enable() {
    // The static initialiser has done it by now.
  }
}
