package dev.skerry.local.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** The models that ship with Skerry, in its own jar. */
public enum ShippedModel {
  VIBRATION("vibration/vibration-faults.onnx"),
  /** Of {@link #VIBRATION}'s name, before somebody showed it the fault that it does not know. */
  VIBRATION_FIRST("vibration-first/vibration-faults.onnx"),
  SURFACE("surface/surface-defects.onnx");

  private final String resource;

  ShippedModel(String resource) {
    this.resource = "/models/" + resource;
  }

  /**
   * Writes the model into a directory, made if it is not there, in place of what has its name.
   *
   * @return its file
   * @throws SiteRefusedException if it cannot be written, or this build has no models
   */
  public Path into(Path directory) {
    Path file = directory.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    try (@Nullable InputStream model = ShippedModel.class.getResourceAsStream(resource)) {
      if (model == null) {
        throw new SiteRefusedException(
            "This build has no models of its own: name an .onnx file with --model");
      }
      Files.createDirectories(directory);
      Files.copy(model, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new SiteRefusedException("The model " + file + " cannot be written: " + e, e);
    }
  }
}
