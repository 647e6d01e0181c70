package dev.skerry.local;

import dev.skerry.local.site.SiteStatus;
import dev.skerry.local.terminal.Console;
import dev.skerry.service.ExitCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skerry down}: stops the site that is up in this directory, as Ctrl-C does. */
@Command(
    name = "down",
    description = "Stops the site that is up in this directory and waits until it is gone.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    Console console = Console.standard();
    Optional<ProcessHandle> supervisor =
        SiteStatus.read(data.files()).flatMap(SiteStatus::supervisor);
    if (supervisor.isEmpty()) {
      console.line("No site is up in " + data.files().root());
      return ExitCode.OK;
    }
    supervisor.get().destroy();
    try {
      supervisor.get().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      console.line("Stopped; the data stays in " + data.files().root());
      return ExitCode.OK;
    } catch (TimeoutException e) {
      System.err.println(
          "The site does not stop: end process " + supervisor.get().pid() + " yourself");
      return ExitCode.FAILED;
    }
  }
}
