package dev.skerry.bench.subject;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.Input;
import dev.skerry.schemas.model.ModelContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * ONNX Runtime alone, the limit of what inference can cost: the same models at the same batch sizes
 * over tensors that stand ready, with no Kafka and no Avro.
 */
public final class RuntimeAloneMain {

  private RuntimeAloneMain() {}

  /**
   * Takes {@code --config FILE} with {@code models}, {@code batch.STREAM} and {@code
   * records.STREAM} for each stream, and {@code result}, the file to which it writes what it
   * measured.
   */
  public static void main(String[] args) throws IOException, OrtException {
    Properties file = new Properties();
    try (var reader = Files.newBufferedReader(Path.of(args[1]))) {
      file.load(reader);
    }
    Sessions sessions = Sessions.open(Path.of(file.getProperty("models")));
    Properties result = new Properties();
    long cpu = 0;
    long wall = 0;
    for (String key : file.stringPropertyNames()) {
      if (key.startsWith("batch.")) {
        String stream = key.substring("batch.".length());
        int batch = Integer.parseInt(file.getProperty(key));
        long records = Long.parseLong(file.getProperty("records." + stream));
        Rounds rounds = new Rounds(sessions.of(stream), batch);
        rounds.run(records / 3); // Warm-up
        long cpuBefore = processCpuNanos();
        long wallBefore = System.nanoTime();
        rounds.run(records);
        wall += System.nanoTime() - wallBefore;
        cpu += processCpuNanos() - cpuBefore;
      }
    }
    result.put("cpuNanos", Long.toString(cpu));
    result.put("wallNanos", Long.toString(wall));
    try (var writer = Files.newBufferedWriter(Path.of(file.getProperty("result")))) {
      result.store(writer, null);
    }
  }

  private static long processCpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  /** Runs of one model at one batch size. */
  private static final class Rounds {

    private final Sessions.Scored model;
    private final int batch;
    private final ByteBuffer input;
    private final FloatBuffer output;

    Rounds(Sessions.Scored model, int batch) {
      this.model = model;
      this.batch = batch;
      this.input = input(model.contract().input(), batch);
      this.output = direct(batch * model.contract().scoreCount() * Float.BYTES).asFloatBuffer();
    }

    private static ByteBuffer input(Input shape, int batch) {
      Random random = new Random(batch);
      if (shape instanceof FrameInput frame) {
        byte[] pixels = new byte[batch * frame.bytes()];
        random.nextBytes(pixels);
        return direct(pixels.length).put(pixels).flip();
      }
      ByteBuffer floats = direct(batch * shape.elements() * Float.BYTES);
      while (floats.hasRemaining()) {
        floats.putFloat((float) random.nextGaussian());
      }
      return floats.flip();
    }

    void run(long records) throws OrtException {
      ModelContract contract = model.contract();
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      long[] in =
          LongStream.concat(LongStream.of(batch), LongStream.of(contract.input().shape()))
              .toArray();
      OnnxJavaType type =
          contract.input() instanceof FrameInput ? OnnxJavaType.UINT8 : OnnxJavaType.FLOAT;
      long[] out = {batch, contract.scoreCount()};
      try (OnnxTensor inputTensor = OnnxTensor.createTensor(environment, input, in, type);
          OnnxTensor outputTensor = OnnxTensor.createTensor(environment, output, out)) {
        Map<String, OnnxTensor> inputs = Map.of(contract.input().name(), inputTensor);
        Map<String, OnnxTensor> outputs = Map.of(contract.output().name(), outputTensor);
        for (long scored = 0; scored < records; scored += batch) {
          OrtSession.Result result = model.session().run(inputs, outputs);
          result.close(); // What is pinned stays open.
        }
      }
    }

    private static ByteBuffer direct(int bytes) {
      return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
  }
}
