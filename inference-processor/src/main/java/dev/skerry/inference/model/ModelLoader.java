package dev.skerry.inference.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.skerry.schemas.model.InvalidContractException;
import dev.skerry.schemas.model.ModelContract;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Model files to models that may serve: read, checked against their contract, tried once. */
public final class ModelLoader {

  private static final Logger log = LoggerFactory.getLogger(ModelLoader.class);

  private final SessionSettings settings;

  public ModelLoader(SessionSettings settings) {
    this.settings = settings;
  }

  /** Loads one file; throws {@link InvalidModelException} for one that must not serve. */
  public ServedModel load(Path file) {
    if (!Files.isReadable(file)) {
      throw new InvalidModelException("The model " + file + " does not exist or cannot be read");
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = settings.options()) {
      ServedModel model = open(environment, file, options);
      log.info(
          "Model {} answers the stream {} on {}, from {}",
          model.describe(),
          model.contract().stream(),
          model.provider(),
          file);
      return model;
    } catch (OrtException e) {
      throw new InvalidModelException(
          "The model " + file + " is no ONNX model that can be run: " + e.getMessage(), e);
    } catch (InvalidContractException | InvalidModelException e) {
      throw new InvalidModelException("The model " + file + " is refused: " + e.getMessage(), e);
    }
  }

  private static ServedModel open(
      OrtEnvironment environment, Path file, OrtSession.SessionOptions options)
      throws OrtException {
    OrtSession session = environment.createSession(file.toString(), options);
    boolean served = false;
    try {
      ModelContract contract = contract(session);
      GraphCheck.require(session, contract);
      ServedModel model = new ServedModel(environment, session, contract);
      GoldenCheck.problem(model)
          .ifPresent(
              problem -> {
                throw new InvalidModelException(problem);
              });
      served = true;
      return model;
    } finally {
      if (!served) {
        session.close();
      }
    }
  }

  static ModelContract contract(OrtSession session) throws OrtException {
    String json =
        session
            .getMetadata()
            .getCustomMetadataValue(ModelContract.METADATA_KEY)
            .orElseThrow(
                () ->
                    new InvalidModelException(
                        "its metadata has no "
                            + ModelContract.METADATA_KEY
                            + ", which says what it takes and gives"));
    return ModelContract.fromJson(json);
  }
}
