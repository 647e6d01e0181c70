package dev.skerry.schemas.model;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/** The one tensor that a model takes; {@code kind} says which, and {@code readings} need not. */
@JsonDeserialize(using = InputReader.class)
public sealed interface Input permits ReadingsInput, FrameInput {

  /** The tensor's name in the graph. */
  String name();

  /** The tensor's shape for one record, without the batch's dimension. */
  long[] shape();

  /** How many numbers one record has in the tensor. */
  int elements();
}
