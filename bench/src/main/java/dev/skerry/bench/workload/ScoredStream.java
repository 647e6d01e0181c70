package dev.skerry.bench.workload;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** A stream of records and the model that answers it. */
public sealed interface ScoredStream permits NetworkShape, CameraStream {

  /** The stream's name. */
  String stream();

  /** Its share of the traffic, 1 to 100. */
  int percent();

  /** The classes, in the order of the scores. */
  List<String> labelNames();

  /** Writes {@code STREAM.onnx} into the directory and returns it; one seed gives one file. */
  Path write(long seed, Path directory);

  /** What the stream's records carry, one after the other: {@code Readings}, or {@code Frame}. */
  Supplier<Object> payloads(Random random);

  /** Opens the model to score one payload at a time, in no way as the processor does it. */
  OfflineModel open(Path model);

  /** A model that scores one payload at a time. Not thread-safe. */
  interface OfflineModel extends AutoCloseable {

    /** The scores in the order of the labels. */
    float[] score(Object payload);

    @Override
    void close();
  }
}
