package dev.skerry.inference.model;

import ai.onnxruntime.OrtException;
import java.util.regex.Pattern;

/** A model failed on the rows that it was given; on other rows it may well work. */
public final class ScoringException extends Exception {

  /**
   * ONNX Runtime gives no code of its own for this. These are the words of its arena, of CUDA and
   * its libraries, of TensorRT, and of C++.
   */
  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile(
          "failed to allocate memory|out of ?memory|available memory of .* is smaller than"
              + "|_ALLOC_FAILED|cudaErrorMemoryAllocation|bad_alloc",
          Pattern.CASE_INSENSITIVE);

  public ScoringException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether the rows were too many for the memory of the device, and not what they hold. */
  public boolean isOutOfDeviceMemory() {
    return getCause() instanceof OrtException runtime
        && runtime.getMessage() != null
        && OUT_OF_MEMORY.matcher(runtime.getMessage()).find();
  }
}
