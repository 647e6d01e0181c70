package dev.skerry.local.prove;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SitePorts;
import dev.skerry.local.site.SiteSettings;
import dev.skerry.service.ConfigException;
import dev.skerry.service.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench/prove NAME}: tries a promise on a site of its own and prints JSON. */
@Command(
    name = "prove",
    hidden = true,
    description = "Tries a promise on a site of its own and prints what it counted as JSON.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ProveCommand implements Callable<Integer> {

  /** More than the processor answers at its leisure, so that kills find it at work. */
  private static final List<String> BUSY_FLEET = List.of("--machines", "40", "--interval", "100ms");

  @Parameters(paramLabel = "NAME", description = "Which promise: kill-inference.")
  private String name = "";

  @Option(names = "--seed", description = "Where the moments come from (default: 1).")
  private long seed = 1;

  @Option(names = "--times", description = "How often to kill, 1 and up (default: 50).")
  private int times = 50;

  @Option(names = "--model", required = true, description = "The vibration model to serve.")
  private Path model = Path.of("");

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!name.equals("kill-inference")) {
      throw new ConfigException("There is no promise called " + name + "; there is kill-inference");
    }
    if (times < 1) {
      throw new ConfigException("--times is " + times + ": give 1 or more");
    }
    Path data = Files.createTempDirectory("skerry-prove-");
    SiteSettings settings =
        new SiteSettings(
            new SiteFiles(data),
            SitePorts.free(),
            new SiteSettings.Source.Simulated(BUSY_FLEET),
            model.toAbsolutePath());
    System.err.println("Killing the inference processor " + times + " times in " + data);
    KillInference.Proof proof = new KillInference(settings, seed, times, System.err::println).run();
    System.out.println(json(proof));
    return proof.holds() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static String json(KillInference.Proof proof) throws JsonProcessingException {
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(proof);
  }
}
