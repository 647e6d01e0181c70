package dev.skerry.schemas.catalogue;

import dev.skerry.schemas.serde.SchemaCatalogue;

/** The schema ids that are reserved for the catalogue. */
public final class IdBlock {

  /** The first id of the block. */
  public static final int FIRST = SchemaCatalogue.FIRST_ID;

  /** The last id that a schema of the catalogue may have. */
  public static final int LAST = 1_999_998;

  /**
   * The id behind the last: a registry that counts upwards from the largest id it has goes on above
   * the block once this one is taken.
   */
  public static final int GUARD = LAST + 1;

  private IdBlock() {}

  /** Whether a schema of the catalogue may have this id. */
  public static boolean contains(int id) {
    return id >= FIRST && id <= LAST;
  }
}
