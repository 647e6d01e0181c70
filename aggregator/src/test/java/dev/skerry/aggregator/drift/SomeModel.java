package dev.skerry.aggregator.drift;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.model.ModelContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model file that has a contract and no graph. */
public final class SomeModel {

  private static final String CONTRACT =
      """
      {"name":"machine-state","version":"1","stream":"vibration","task":"classify",
       "input":{"name":"x","channels":["radial","speed"],"steps":4,"sampleRateHz":0},
       "output":{"name":"y"},"labels":["normal","worn"],"thresholds":{"lowConfidence":0.6},
       "golden":[{"values":[1,2,3,4,5,6,7,8],"scores":[0.2,0.8]}]%s}\
      """;

  private static final String REFERENCE =
      """
      ,"reference":{
        "scores":[{"name":"normal","edges":[0.5],"shares":[0.2,0.8]}],
        "inputs":[{"name":"radial","edges":[0,1],"shares":[0.1,0.8,0.1]}]}\
      """;

  private SomeModel() {}

  /** Normal in four of five; the file is in the directory. */
  public static Path withReference(Path directory) throws IOException {
    return write(directory, CONTRACT.formatted(REFERENCE));
  }

  static Path withoutReference(Path directory) throws IOException {
    return write(directory, CONTRACT.formatted(""));
  }

  private static Path write(Path directory, String contract) throws IOException {
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    model.writeBytes(new byte[] {0x08, 7}); // ir_version
    model.writeBytes(new byte[] {0x42, 2, 0x10, 13}); // opset_import
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    bytes(entry, 0x0A, ModelContract.METADATA_KEY.getBytes(UTF_8));
    bytes(entry, 0x12, contract.getBytes(UTF_8));
    bytes(model, 0x72, entry.toByteArray()); // metadata_props
    Path file = directory.resolve("machine-state.onnx");
    Files.write(file, model.toByteArray());
    return file;
  }

  private static void bytes(ByteArrayOutputStream to, int tag, byte[] value) {
    to.write(tag);
    int length = value.length;
    while (length > 0x7F) {
      to.write((length & 0x7F) | 0x80);
      length >>>= 7;
    }
    to.write(length);
    to.writeBytes(value);
  }
}
