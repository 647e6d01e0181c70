package dev.skerry.aggregator;

import dev.skerry.aggregator.sum.SketchLibrary;
import dev.skerry.service.ServiceMain;

/** The aggregator as a process: {@code --config FILE} and {@code --set key=value}. */
public final class AggregatorMain {

  private AggregatorMain() {}

  public static void main(String[] args) throws ClassNotFoundException {
    SketchLibrary.load();
    System.exit(
        ServiceMain.run("aggregator", args, AggregatorService::create, AggregatorConfig.class));
  }
}
