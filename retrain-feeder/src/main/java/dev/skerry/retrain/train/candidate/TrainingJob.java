package dev.skerry.retrain.train.candidate;

import dev.skerry.retrain.dataset.DatasetVersion;
import java.nio.file.Path;

/**
 * What is to be trained.
 *
 * @param dataset what on
 * @param champion the model that the candidate is to be better than
 * @param version what the candidate is to call itself
 * @param out where its file goes
 */
public record TrainingJob(DatasetVersion dataset, Path champion, String version, Path out) {

  /** Where the same candidate may go with weights of eight bits; a trainer need not make one. */
  public Path int8Out() {
    return int8Of(out);
  }

  /** The file beside a candidate's that has it with weights of eight bits, where there is one. */
  public static Path int8Of(Path candidate) {
    String name = String.valueOf(candidate.getFileName());
    return candidate.resolveSibling(name.replaceFirst("(\\.onnx)?$", ".int8.onnx"));
  }
}
