package dev.skerry.retrain.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The classifier of machine faults that ships with the project: {@code models/vibration}. */
public final class ShippedModel {

  /** Its name as a resource, and as a file. */
  public static final String FILE_NAME = "vibration-faults.onnx";

  private static final String RESOURCE = "/dev/skerry/retrain/models/" + FILE_NAME;

  private ShippedModel() {}

  /** The file's bytes. */
  public static byte[] onnx() {
    try (InputStream model = ShippedModel.class.getResourceAsStream(RESOURCE)) {
      if (model == null) {
        throw new IllegalStateException("This build lacks " + RESOURCE);
      }
      return model.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", e);
    }
  }
}
