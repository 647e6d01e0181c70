package dev.skerry.ingest.simulate.camera;

/** A mark on a part's surface. */
@FunctionalInterface
interface Blemish {

  /** Changes the colour of one point, given by its place on the part. */
  void mark(double u, double v, Colour colour);
}
