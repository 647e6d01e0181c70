package dev.skerry.local.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.local.topic.Broker;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.OnnxFile;
import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.schemas.release.Expectation;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.ReleaseDraft;
import dev.skerry.schemas.release.ReleasePublisher;
import dev.skerry.schemas.release.Rollout;
import dev.skerry.schemas.release.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A model that is well in all that can be checked beforehand and wrong all the same: the site's own
 * one with its labels in another order. Only its canary shows it.
 */
public final class BadRelease {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double HALF = 0.5;

  private BadRelease() {}

  /**
   * Publishes it, for half of the devices at first.
   *
   * @param models model files and directories of them
   * @param directory where the file is written
   * @return name and version
   */
  public static String publish(
      List<Path> models, Path directory, Path keyFile, Broker cloud, long nowMillis) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            cloud.client(Map.of("acks", "all", "max.block.ms", "5000")),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      Path file = write(classifier(models), directory, nowMillis);
      CanaryPolicy usual = CanaryPolicy.DEFAULT;
      CanaryPolicy canary =
          new CanaryPolicy(HALF, HALF, usual.minSamples(), usual.maxErrors(), usual.maxSlowdown());
      Manifest manifest =
          ReleaseDraft.of(file).manifest(nowMillis, List.of(), canary, Expectation.DEFAULT);
      new ReleasePublisher(producer, SigningKey.read(keyFile)::sign)
          .publish(
              manifest,
              file,
              new Rollout(
                  manifest.model(),
                  manifest.version(),
                  nowMillis,
                  100,
                  List.of(),
                  false,
                  "published by the console, to be withdrawn"));
      Files.delete(file);
      return manifest.model() + " " + manifest.version();
    } catch (IOException | KafkaException e) {
      throw new OrderRefusedException("The model could not be published: " + e.getMessage(), e);
    }
  }

  private static Path classifier(List<Path> models) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : models) {
      files.addAll(Files.isDirectory(path) ? modelsIn(path) : List.of(path));
    }
    return files.stream()
        .sorted(Comparator.comparing(Path::getFileName).reversed())
        .filter(file -> OnnxFile.read(file).contract().labels().size() > 1)
        .findFirst()
        .orElseThrow(
            () -> new OrderRefusedException("The site has no model with labels to mix up"));
  }

  private static List<Path> modelsIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".onnx")).toList();
    }
  }

  private static Path write(Path model, Path directory, long nowMillis) throws IOException {
    String contract =
        mixedUp(
            OnnxFile.read(model).metadata().getOrDefault(ModelContract.METADATA_KEY, ""),
            "mixed-up-" + nowMillis / 1_000);
    Files.createDirectories(directory);
    return OtherContract.write(model, contract, directory.resolve("mixed-up.onnx"));
  }

  private static String mixedUp(String contract, String version) {
    try {
      ObjectNode mixed = (ObjectNode) JSON.readTree(contract);
      ArrayNode labels = mixed.withArray("labels");
      if (labels.size() < 2) {
        throw new OrderRefusedException("The site's model has no labels to mix up");
      }
      labels.add(labels.remove(0));
      return mixed.put("version", version).toString();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("The contract of the site's model cannot be read", e);
    }
  }
}
