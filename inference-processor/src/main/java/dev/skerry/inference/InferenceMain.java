package dev.skerry.inference;

import dev.skerry.service.ServiceMain;

/** The inference processor as a process. */
public final class InferenceMain {

  private InferenceMain() {}

  /** Takes {@code --config FILE} and {@code --set key=value}; see {@link InferenceConfig}. */
  public static void main(String[] args) {
    System.exit(ServiceMain.run("inference", args, InferenceService::new, InferenceConfig.class));
  }
}
