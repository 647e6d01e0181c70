package dev.skerry.local.seed;

import java.util.List;

/** How a kind of registry takes schemas whose ids are given. */
interface Importer {

  /** What the registry is, for people. */
  String kind();

  /** Whether a subject in mode READONLY takes no writes; some only remember the mode. */
  boolean enforcesModes();

  /**
   * Registers versions under their ids, as far as the registry keeps to them: it stops at the first
   * id that comes out differently. Whether all is right is for the {@link ReadBack} to say.
   */
  void register(List<Wanted> missing) throws InterruptedException;
}
