package dev.skerry.inference.testing;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.schemas.release.Expectation;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.ReleaseDraft;
import dev.skerry.schemas.release.ReleasePublisher;
import dev.skerry.schemas.release.Revocation;
import dev.skerry.schemas.release.Rollout;
import dev.skerry.schemas.release.SigningKey;
import dev.skerry.schemas.release.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Model files of any version, published as a person would. */
public final class ReleasedModels implements AutoCloseable {

  /** Answers every device at once. */
  public static final CanaryPolicy AT_ONCE = CanaryPolicy.DEFAULT.withDeviceShare(1);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** All publishers have one clock. */
  private static final AtomicLong NOW_MILLIS = new AtomicLong(1_800_000_000_000L);

  private final Path directory;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ReleasePublisher publisher;

  public ReleasedModels(Edge edge, Path directory, SigningKey key) {
    this(edge, directory, key::sign);
  }

  public ReleasedModels(Edge edge, Path directory, ReleasePublisher.Signer signer) {
    this.directory = directory;
    this.producer = edge.producer();
    this.publisher = new ReleasePublisher(producer, signer);
  }

  /** A classifier of the stream {@code vibration} of 2 x 8 floats. */
  public Path classifier(String version, long seed) {
    return classifier(version, seed, graph -> "logits");
  }

  /**
   * One that gives NaN where a record's mean is below 0, which that of a golden sample never is.
   */
  public Path notANumber(String version, long seed) {
    return notANumberBelowZero("ReduceMean", version, seed);
  }

  /** One that gives NaN where a value is below 0, which golden samples have none of. */
  public Path brokenAtTheSite(String version, long seed) {
    return notANumberBelowZero("ReduceMin", version, seed);
  }

  private Path notANumberBelowZero(String reduction, String version, long seed) {
    return classifier(
        version,
        seed,
        graph -> {
          graph
              .node(reduction, OnnxGraph.attributes("keepdims", 1, "axes", 1), "reduced", "flat")
              .node("Log", "log", "reduced")
              .constant("nothing", new float[] {0}, 1)
              .node("Mul", "nan", "log", "nothing")
              .node("Add", "changed", "logits", "nan");
          return "changed";
        });
  }

  /** One that never gives the class {@code fault-0} and is else as it was. */
  public Path blindToTheFirstClass(String version, long seed) {
    return classifier(
        version,
        seed,
        graph -> {
          graph
              .constant("never", new float[] {-1000, 0, 0, 0}, 4)
              .node("Add", "changed", "logits", "never");
          return "changed";
        });
  }

  /** One that works much for nothing. */
  public Path slow(String version, long seed) {
    int width = 512;
    float[] weights = new float[width * width];
    return classifier(
        version,
        seed,
        graph -> {
          graph
              .constant("widen", new float[16 * width], 16, width)
              .constant("work", weights, width, width)
              .constant("narrow", new float[width * 4], width, 4)
              .node("MatMul", "wide0", "flat", "widen");
          for (int layer = 0; layer < 8; layer++) {
            graph.node("MatMul", "wide" + (layer + 1), "wide" + layer, "work");
          }
          graph
              .node("MatMul", "zeros", "wide8", "narrow")
              .node("Add", "changed", "logits", "zeros");
          return "changed";
        });
  }

  /** A copy of a file as another version, with a change to its contract that nobody checks. */
  public Path changed(Path file, String version, Consumer<ObjectNode> change) {
    try {
      Path copy = Files.copy(file, directory.resolve("changed-" + version + ".onnx"));
      edit(copy, change.andThen(contract -> contract.put("version", version)));
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One whose graph gives a score more than its contract has labels. */
  public Path tooWide(String version, long seed) {
    Path file = classifier(version, seed);
    edit(
        file,
        contract -> {
          removeLast(contract.withArray("labels"));
          contract.withArray("golden").forEach(sample -> removeLast(sample.withArray("scores")));
        });
    return file;
  }

  private static void removeLast(ArrayNode array) {
    array.remove(array.size() - 1);
  }

  private Path classifier(String version, long seed, Function<OnnxGraph, String> change) {
    Path file = directory.resolve("vibration-" + version + ".onnx");
    TestModels.classifier(file, "vibration", 2, 8, 16, 4, seed, change);
    edit(file, contract -> contract.put("version", version));
    return file;
  }

  /** Changes the contract in a file, and checks nothing. */
  public static void edit(Path file, Consumer<ObjectNode> change) {
    try {
      ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
      for (int i = 0; i < model.getMetadataPropsCount(); i++) {
        StringStringEntryProto entry = model.getMetadataProps(i);
        if (entry.getKey().equals(ModelContract.METADATA_KEY)) {
          ObjectNode contract = (ObjectNode) JSON.readTree(entry.getValue());
          change.accept(contract);
          model.setMetadataProps(i, entry.toBuilder().setValue(contract.toString()));
        }
      }
      Files.write(file, model.build().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Publishes a file for all sites. */
  public Manifest publish(Path file, CanaryPolicy canary, Expectation expected) {
    Manifest manifest = manifest(file, canary, expected);
    publish(manifest, file);
    return manifest;
  }

  /** Publishes a file for all sites under any manifest, as a careless publisher would. */
  public void publish(Manifest manifest, Path file) {
    publisher.publish(manifest, file, everywhere(manifest));
  }

  public Manifest manifest(Path file, CanaryPolicy canary, Expectation expected) {
    return manifest(file, canary, expected, List.of());
  }

  /** For machines of some classes. */
  public Manifest manifest(
      Path file, CanaryPolicy canary, Expectation expected, List<String> hardware) {
    return ReleaseDraft.of(file).manifest(NOW_MILLIS.incrementAndGet(), hardware, canary, expected);
  }

  /** To all sites. */
  public Rollout everywhere(Manifest manifest) {
    return new Rollout(
        manifest.model(),
        manifest.version(),
        NOW_MILLIS.incrementAndGet(),
        100,
        List.of(),
        false,
        "a test");
  }

  public void revoke(Manifest manifest, String reason) {
    state(
        new Revocation(manifest.model(), manifest.version(), NOW_MILLIS.incrementAndGet(), reason));
  }

  public void state(Statement statement) {
    publisher.state(statement);
  }

  public KafkaProducer<byte[], byte[]> producer() {
    return producer;
  }

  @Override
  public void close() {
    producer.close();
  }
}
