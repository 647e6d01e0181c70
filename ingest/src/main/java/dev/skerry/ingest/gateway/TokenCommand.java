package dev.skerry.ingest.gateway;

import dev.skerry.ingest.auth.NewToken;
import dev.skerry.ingest.auth.TokenHash;
import dev.skerry.service.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ingest token}: a new token for a device, and what to write into the devices file. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a token for a device: it is printed once and kept nowhere.",
      "What is printed for the devices file is its hash."
    })
public final class TokenCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // The command line sets it.
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "DEVICE", description = "The device's name.")
  private String device = "";

  @Override
  public Integer call() {
    String token = NewToken.make();
    PrintWriter out = spec.commandLine().getOut();
    out.println("Token for " + device + ", for the device alone: " + token);
    out.println("For the devices file, below devices:");
    out.println("  " + quoted(device) + ":");
    out.println("    tokens: [\"" + TokenHash.of(token) + "\"]");
    out.flush();
    return ExitCode.OK;
  }

  /** As a text in double quotes, which YAML reads as it reads JSON's. */
  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
