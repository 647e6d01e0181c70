package dev.skerry.inference.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.skerry.schemas.model.InvalidContractException;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.OnnxFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Model files to models that may serve: read, checked against their contract, tried once. */
public final class ModelLoader {

  private static final Logger log = LoggerFactory.getLogger(ModelLoader.class);

  private final SessionOpener opener;

  public ModelLoader(SessionSettings settings) {
    this.opener = new SessionOpener(settings);
  }

  /**
   * Loads one file.
   *
   * @throws InvalidModelException for one that must not serve
   * @throws ProviderUnavailableException where the provider that is required does not work
   */
  public ServedModel load(Path file) {
    if (!Files.isReadable(file)) {
      throw new InvalidModelException("The model " + file + " does not exist or cannot be read");
    }
    OnnxFile header = header(file);
    try {
      ServedModel model = open(file, contract(header));
      log.info(
          "Model {} answers the stream {} on {}, from {}",
          model.describe(),
          model.contract().stream(),
          model.provider().word(),
          file);
      return model;
    } catch (OrtException e) {
      throw new InvalidModelException(
          "The model " + file + " is no ONNX model that can be run: " + e.getMessage(), e);
    } catch (InvalidContractException | InvalidModelException e) {
      throw new InvalidModelException("The model " + file + " is refused: " + e.getMessage(), e);
    }
  }

  private ServedModel open(Path file, ModelContract contract) throws OrtException {
    SessionOpener.Opened opened = opener.open(file, contract);
    OrtSession session = opened.session();
    boolean served = false;
    try {
      GraphCheck.require(session, contract);
      ServedModel model = new ServedModel(OrtEnvironment.getEnvironment(), opened, contract);
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

  /** What stands beside the graph; throws {@link InvalidModelException} for no ONNX model. */
  static OnnxFile header(Path file) {
    try {
      return OnnxFile.read(file);
    } catch (InvalidContractException e) {
      throw new InvalidModelException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The contract in a file; throws {@link InvalidModelException} where there is none. */
  static ModelContract contract(OnnxFile file) {
    if (!file.metadata().containsKey(ModelContract.METADATA_KEY)) {
      throw new InvalidModelException(
          "its metadata has no "
              + ModelContract.METADATA_KEY
              + ", which says what it takes and gives");
    }
    return file.contract();
  }
}
