package dev.skerry.bench.jmh;

import dev.skerry.bench.workload.TelemetryPool;
import dev.skerry.bench.workload.Workload;
import dev.skerry.inference.answer.Answers;
import dev.skerry.inference.batch.Slice;
import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.Models;
import dev.skerry.inference.model.SessionSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the processor does with a record between the two Kafka clients, on the light MLP: its bytes
 * into the model's input alone, and all the way to the bytes of its detection.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordsToAnswers {

  private static final int BATCH = 512;
  private static final long SEED = 1;
  private static final long NOW_MILLIS = 1_800_000_000_000L;

  private final List<ConsumerRecord<byte[], ByteBuffer>> records = new ArrayList<>();
  private final Answers answers = new Answers("site-1");
  private Path directory;
  private Models models;
  private Slice slice;

  @Setup
  public void loadModel() throws IOException {
    directory = Files.createTempDirectory("skerry-jmh");
    Workload workload = Workload.of("mlp");
    Path model = workload.streams().get(0).write(SEED, directory);
    models = Models.load(List.of(model), new ModelLoader(new SessionSettings(1)));
    slice = new Slice(models.all(), BATCH);
    TelemetryPool pool = TelemetryPool.of(workload, SEED);
    for (int i = 0; i < BATCH; i++) {
      records.add(
          new ConsumerRecord<>("telemetry", 0, i, pool.key(i), ByteBuffer.wrap(pool.value(i))));
    }
  }

  @TearDown
  public void deleteModel() throws IOException {
    models.close();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int bytesToInput() {
    slice.clear();
    for (ConsumerRecord<byte[], ByteBuffer> record : records) {
      slice.add(record);
    }
    return slice.size();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void bytesToDetections(Blackhole sink) {
    bytesToInput();
    slice.score();
    for (int row = 0; row < slice.size(); row++) {
      answers.write(slice.row(row), NOW_MILLIS, sink::consume);
    }
  }
}
