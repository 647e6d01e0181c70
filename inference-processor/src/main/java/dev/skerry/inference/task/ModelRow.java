package dev.skerry.inference.task;

import dev.skerry.schemas.model.FrameFit;
import java.nio.FloatBuffer;

/** What a model was given and what it gave for one record. */
public interface ModelRow {

  /** The model's output, of which this row begins at {@link #outputOffset}. */
  FloatBuffer output();

  /** Where in {@link #output} the row begins. */
  int outputOffset();

  /** The model's input as the model saw it, of which this row begins at {@link #inputOffset}. */
  FloatBuffer input();

  /** Where in {@link #input} the row begins. */
  int inputOffset();

  /** Where the record's frame lies in the input; only of a model that takes frames. */
  FrameFit fit();
}
