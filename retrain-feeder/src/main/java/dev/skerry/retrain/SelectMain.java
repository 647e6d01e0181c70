package dev.skerry.retrain;

import dev.skerry.retrain.select.SelectConfig;
import dev.skerry.retrain.select.SelectService;
import dev.skerry.service.ServiceMain;

/** The selection of samples as a process: {@code --config FILE} and {@code --set key=value}. */
public final class SelectMain {

  private SelectMain() {}

  public static void main(String[] args) {
    System.exit(ServiceMain.run("select", args, SelectService::create, SelectConfig.class));
  }
}
