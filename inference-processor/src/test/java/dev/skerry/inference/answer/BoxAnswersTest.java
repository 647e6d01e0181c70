package dev.skerry.inference.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.inference.batch.Slice;
import dev.skerry.inference.frame.SomeImages;
import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.Models;
import dev.skerry.inference.model.SessionSettings;
import dev.skerry.inference.testing.Records;
import dev.skerry.inference.testing.TaskModels;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.model.BoxFormat.Coordinates;
import dev.skerry.schemas.model.BoxFormat.Format;
import dev.skerry.schemas.model.BoxFormat.Layout;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Detections of models that find boxes, as bytes. */
class BoxAnswersTest {

  private static final int FRAMES = 12;
  private static final List<String> LABELS = List.of("scratch", "dent");

  @TempDir private Path directory;

  @Test
  void shouldEncodeBoxesByteForByteAsTheGeneratedClassDoes() {
    TaskModels.detector(
        directory.resolve("boxes.onnx"),
        "boxes",
        new TaskModels.DetectorKind(
            Layout.ATTRIBUTES_FIRST, false, false, Format.CXCYWH, Coordinates.PIXELS));
    List<byte[]> detections = detections();

    List<Integer> boxCounts = new ArrayList<>();
    for (byte[] bytes : detections) {
      Detection detection = decode(bytes);
      boxCounts.add(detection.getBoxes().size());
      detection.setScores(inOrder(detection.getScores()));
      assertThat(new AvroEncoder<>(Detection.class).encode(detection)).isEqualTo(bytes);
    }
    assertThat(boxCounts).hasSize(FRAMES).anyMatch(count -> count > 1);
  }

  /** Frames of different sizes have different boxes. */
  private List<byte[]> detections() {
    List<byte[]> detections = new ArrayList<>();
    try (Models models = Models.load(List.of(directory), new ModelLoader(new SessionSettings(1)))) {
      Slice slice = new Slice(models.all(), 64);
      for (int i = 0; i < FRAMES; i++) {
        byte[] image = SomeImages.png(8 + 5 * i, 8 + 3 * i);
        slice.add(
            Records.polled(
                i,
                "kamera-é",
                Records.encode(
                    Records.frame("kamera-é", "boxes", i, image, 8 + 5 * i, 8 + 3 * i))));
      }
      slice.score();
      Answers answers = new Answers("site-1");
      List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();
      slice.rows().forEach(row -> answers.write(row, 1_800_000_000_777L, written::add));
      written.stream()
          .filter(answer -> answer.topic().equals(Topics.DETECTIONS.name()))
          .forEach(answer -> detections.add(answer.value()));
    }
    return detections;
  }

  private static Map<String, Float> inOrder(Map<String, Float> scores) {
    Map<String, Float> inOrder = new LinkedHashMap<>();
    for (String label : LABELS) {
      Float score = scores.get(label);
      if (score != null) {
        inOrder.put(label, score);
      }
    }
    return inOrder;
  }

  private static Detection decode(byte[] bytes) {
    Decoded<Detection> decoded = new AvroDecoder<>(Detection.class).decode(bytes);
    assertThat(decoded).isInstanceOf(Decoded.Value.class);
    return ((Decoded.Value<Detection>) decoded).value();
  }
}
