package dev.skerry.retrain;

import dev.skerry.retrain.loop.DatasetConfig;
import dev.skerry.retrain.loop.GateConfig;
import dev.skerry.retrain.loop.RetrainService;
import dev.skerry.retrain.loop.TrainConfig;
import dev.skerry.service.ServiceMain;

/**
 * Datasets, training, gate and publication as a process: {@code --config FILE} and {@code --set
 * key=value}.
 */
public final class RetrainMain {

  private RetrainMain() {}

  public static void main(String[] args) {
    System.exit(
        ServiceMain.run(
            "retrain",
            args,
            RetrainService::create,
            DatasetConfig.class,
            TrainConfig.class,
            GateConfig.class));
  }
}
