package dev.skerry.schemas.catalogue;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Whether records that were written in one schema can be read in another, by Avro's own rules. */
public final class Compatibility {

  private Compatibility() {}

  /**
   * Why a reader cannot read what a writer wrote, one sentence for each reason; empty where it can.
   */
  public static List<String> obstacles(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .stream()
        .map(Compatibility::describe)
        .toList();
  }

  /** Obstacles in both directions between two versions, as FULL compatibility asks. */
  public static List<String> obstaclesBothWays(Schema older, Schema newer) {
    List<String> newReadsOld =
        obstacles(newer, older).stream().map(why -> "new cannot read old: " + why).toList();
    List<String> oldReadsNew =
        obstacles(older, newer).stream().map(why -> "old cannot read new: " + why).toList();
    return Stream.concat(newReadsOld.stream(), oldReadsNew.stream()).toList();
  }

  private static String describe(Incompatibility incompatibility) {
    return incompatibility.getType()
        + " at "
        + incompatibility.getLocation()
        + ": "
        + incompatibility.getMessage();
  }
}
