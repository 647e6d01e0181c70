package dev.skerry.warehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.warehouse.CloudRecords;
import dev.skerry.warehouse.convert.SkerryAvroConverter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleColumnsTest {

  private static final String TOPIC = "retraining-samples";

  @Test
  void shouldPutDetectionAndTelemetrySideBySideWithoutWhatWasMeasured() throws IOException {
    Struct row = row("metadata");

    assertThat(row.getArray("reasons")).isEqualTo(List.of("LOW_CONFIDENCE", "RANDOM_AUDIT"));
    assertThat(row.getString("siteId")).isEqualTo("site-1");
    assertThat(row.getString("label")).isEqualTo("scratch");
    assertThat(row.getMap("attributes")).isEqualTo(Map.of("firmware", "7"));
    assertThat(row.getString("payloadKind")).isEqualTo("Frame");
    assertThat(row.getInt32("width")).isEqualTo(640);
    assertThat(row.schema().field("thumbnail")).isNull();
    assertThat(row.schema().field("image")).isNull();
    assertThat(row.schema().field("telemetry")).isNull();
  }

  @Test
  void shouldKeepAFrameAsASmallImage() throws IOException {
    byte[] thumbnail = row("thumbnails").getBytes("thumbnail");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(thumbnail));
    assertThat(image.getWidth()).isEqualTo(96);
    assertThat(image.getHeight()).isEqualTo(48);
  }

  @Test
  void shouldKeepAllWhereAllIsWanted() throws IOException {
    byte[] image = row("full").getBytes("image");
    assertThat(ImageIO.read(new ByteArrayInputStream(image)).getWidth()).isEqualTo(640);
  }

  @ParameterizedTest
  @ValueSource(strings = {"metadata", "thumbnails", "full"})
  void shouldKeepReadingsOnlyWhereAllIsWanted(String content) throws IOException {
    RetrainingSample sample = CloudRecords.sample();
    sample
        .getTelemetry()
        .setPayload(
            Readings.newBuilder()
                .setChannels(1)
                .setSteps(2)
                .setValues(List.of(0.5f, 0.25f))
                .build());

    Struct row = row(sample, content);

    assertThat(row.getString("payloadKind")).isEqualTo("Readings");
    assertThat(row.getInt32("steps")).isEqualTo(2);
    if (content.equals("full")) {
      assertThat(row.getArray("values")).isEqualTo(List.of(0.5f, 0.25f));
    } else {
      assertThat(row.schema().field("values")).isNull();
    }
  }

  @Test
  void shouldKeepARowWhoseImageIsDamaged() {
    assertThat(Thumbnail.of(new byte[] {1, 2, 3})).isEmpty();
    assertThat(Thumbnail.of(null)).isEmpty();
  }

  @Test
  void shouldNameAPolicyThatItDoesNotKnow() {
    try (SampleColumns<SinkRecord> columns = new SampleColumns<>()) {
      assertThatThrownBy(() -> columns.configure(Map.of("content", "some")))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("thumbnails");
    }
  }

  private static Struct row(String content) throws IOException {
    return row(CloudRecords.sample(), content);
  }

  private static Struct row(RetrainingSample sample, String content) {
    SkerryAvroConverter converter = new SkerryAvroConverter();
    converter.configure(Map.of(), /* isKey= */ false);
    SchemaAndValue read =
        converter.toConnectData(TOPIC, new AvroEncoder<>(RetrainingSample.class).encode(sample));
    try (SampleColumns<SinkRecord> columns = new SampleColumns<>()) {
      columns.configure(Map.of(SampleColumns.CONTENT, content));
      SinkRecord row =
          columns.apply(new SinkRecord(TOPIC, 0, null, null, read.schema(), read.value(), 7));
      Struct struct = (Struct) row.value();
      struct.validate();
      return struct;
    }
  }
}
