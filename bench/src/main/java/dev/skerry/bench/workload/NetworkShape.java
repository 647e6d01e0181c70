package dev.skerry.bench.workload;

import dev.skerry.schemas.Readings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A dense network behind one stream: windows of channels × steps floats, hidden layers with ReLU, a
 * softmax over its labels.
 *
 * @param stream the stream that it answers
 * @param channels channels of a window
 * @param steps time steps of a window
 * @param hidden widths of the hidden layers, from the input on
 * @param labels number of classes
 * @param percent its share of the traffic, 1 to 100
 */
public record NetworkShape(
    String stream, int channels, int steps, List<Integer> hidden, int labels, int percent)
    implements ScoredStream {

  /** Floats in one window. */
  public int width() {
    return channels * steps;
  }

  @Override
  public List<String> labelNames() {
    return IntStream.range(0, labels).mapToObj(label -> "class-" + label).toList();
  }

  @Override
  public Path write(long seed, Path directory) {
    return NetworkFile.write(this, seed, directory);
  }

  /** Writes a version of it into a file; one seed gives one network. */
  public Path write(String version, long seed, Path file) {
    return NetworkFile.write(this, version, seed, file);
  }

  /** Windows with values from the standard normal distribution. */
  @Override
  public Supplier<Object> payloads(Random random) {
    return () -> {
      List<Float> values = new ArrayList<>();
      for (float value : BenchContract.window(this, random)) {
        values.add(value);
      }
      return new Readings(channels, steps, 0f, values);
    };
  }

  @Override
  public OfflineModel open(Path model) {
    return new OfflineNetwork(model);
  }

  /** Widths from the input to the scores, for people: {@code 64-64-8}. */
  public String describe() {
    StringBuilder text = new StringBuilder().append(width());
    hidden.forEach(layer -> text.append('-').append(layer));
    return text.append('-').append(labels).toString();
  }
}
