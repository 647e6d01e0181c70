package dev.skerry.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.inference.testing.TestModels;
import dev.skerry.schemas.model.InvalidContractException;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFileTest {

  private Path file;

  @BeforeEach
  void writeModel(@TempDir Path directory) {
    file = directory.resolve("pump.onnx");
    TestModels.anomaly(file, "pump", 1, 2);
  }

  @Test
  void shouldReadWhatStandsBesideTheGraph() throws Exception {
    OnnxFile read = OnnxFile.read(file);
    assertThat(read.irVersion()).isEqualTo(7);
    assertThat(read.opsets()).containsOnlyKeys("").containsValue(13L);
    assertThat(read.metadata().get(ModelContract.METADATA_KEY)).contains("\"stream\":\"pump\"");
    byte[] bytes = Files.readAllBytes(file);
    assertThat(read.sizeBytes()).isEqualTo(bytes.length);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertThat(read.sha256()).isEqualTo(HexFormat.of().formatHex(hash));
  }

  @Test
  void shouldRefuseAnyFileThatWasCutOffOrHasOtherBytes() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(8);
    for (int i = 0; i < 300; i++) {
      byte[] broken = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      if (broken.length > 0) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      Files.write(file, broken);
      try {
        assertThat(OnnxFile.read(file).sizeBytes()).isEqualTo(broken.length);
      } catch (InvalidContractException e) {
        assertThat(e).hasMessageContaining("is no ONNX model");
      }
    }
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> OnnxFile.read(file))
        .isInstanceOf(InvalidContractException.class)
        .hasMessageContaining("pump.onnx is no ONNX model");
  }
}
