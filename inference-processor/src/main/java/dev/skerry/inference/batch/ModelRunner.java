package dev.skerry.inference.batch;

import dev.skerry.inference.model.ScoringException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Whatever turns rows of input into rows of output. */
@FunctionalInterface
interface ModelRunner {

  /**
   * Runs rows; all of them or none.
   *
   * @param input a direct buffer in native order, the rows are what remains of it
   * @param output a direct buffer in native order, what remains of it is written
   */
  void run(ByteBuffer input, int rows, FloatBuffer output) throws ScoringException;
}
