package dev.skerry.schemas.catalogue;

import dev.skerry.schemas.serde.SchemaCatalogue;

/** The schema ids that are reserved for the catalogue. */
public final class IdBlock {

  /** The first id of the block. */
  public static final int FIRST = SchemaCatalogue.FIRST_ID;

  /**
   * The last id of the block, which no schema of the catalogue has: a registry that counts upwards
   * from the largest id it has goes on above the block once this one is taken.
   */
  public static final int GUARD = SchemaCatalogue.LAST_ID;

  /** The last id that a schema of the catalogue may have. */
  public static final int LAST = GUARD - 1;

  private IdBlock() {}

  /** Whether a schema of the catalogue may have this id. */
  public static boolean contains(int id) {
    return id >= FIRST && id <= LAST;
  }
}
