package dev.skerry.console;

import dev.skerry.service.ServiceMain;

/** The console as a process: {@code --config FILE} and {@code --set key=value}. */
public final class ConsoleMain {

  private ConsoleMain() {}

  public static void main(String[] args) {
    System.exit(ServiceMain.run("console", args, ConsoleService::create, ConsoleConfig.class));
  }
}
