package dev.skerry.retrain;

import dev.skerry.retrain.labels.LabelsConfig;
import dev.skerry.retrain.labels.LabelsService;
import dev.skerry.service.ServiceMain;

/** The labelling of samples as a process: {@code --config FILE} and {@code --set key=value}. */
public final class LabelsMain {

  private LabelsMain() {}

  public static void main(String[] args) {
    System.exit(ServiceMain.run("labels", args, LabelsService::create, LabelsConfig.class));
  }
}
