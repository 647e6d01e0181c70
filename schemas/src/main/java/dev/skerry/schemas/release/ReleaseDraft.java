package dev.skerry.schemas.release;

import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.OnnxFile;
import java.nio.file.Path;
import java.util.List;

/**
 * A model file about to be released. Immutable.
 *
 * @param file the .onnx file
 * @param header what stands beside the graph in it
 * @param contract of the file
 */
public record ReleaseDraft(Path file, OnnxFile header, ModelContract contract) {

  /**
   * Reads a file.
   *
   * @throws dev.skerry.schemas.model.InvalidContractException for one without a valid contract
   */
  public static ReleaseDraft of(Path file) {
    OnnxFile header = OnnxFile.read(file);
    return new ReleaseDraft(file, header, header.contract());
  }

  /** Name and version. */
  public ReleaseId id() {
    return new ReleaseId(contract.name(), contract.version());
  }

  /** The manifest of this file. */
  public Manifest manifest(
      long issuedAtMillis, List<String> hardware, CanaryPolicy canary, Expectation expected) {
    return new Manifest(
        contract.name(),
        contract.version(),
        contract.stream(),
        issuedAtMillis,
        header.sha256(),
        header.sizeBytes(),
        ReleasePublisher.CHUNK_BYTES,
        ContractSummary.of(contract),
        hardware,
        canary,
        expected);
  }
}
