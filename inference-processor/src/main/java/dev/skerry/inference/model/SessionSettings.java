package dev.skerry.inference.model;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/**
 * How ONNX Runtime runs a model.
 *
 * @param intraOpThreads threads that one run may use, 1 and up; 1 runs in the calling thread
 */
public record SessionSettings(int intraOpThreads) {

  /** The provider that runs models in this build. */
  static final String PROVIDER = "CPU";

  /** New options for one session; the caller closes them. */
  OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setIntraOpNumThreads(intraOpThreads);
    options.setInterOpNumThreads(1);
    // Idle threads would otherwise spin, and the broker runs on the same few cores.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    // What goes wrong in a run comes back as an exception, with the same words.
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    return options;
  }
}
