package dev.skerry.local.model;

import dev.skerry.inference.model.InvalidModelException;
import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.ModelTrial;
import dev.skerry.inference.model.ProviderUnavailableException;
import dev.skerry.inference.model.ScoringException;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.inference.model.SessionSettings;
import dev.skerry.inference.provider.GraphOptimisation;
import dev.skerry.inference.provider.Provider;
import dev.skerry.service.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skerry model check}: whether a file may serve, and how fast. */
@Command(
    name = "check",
    description = {
      "Checks a model against its contract and its golden samples, as the inference processor does,",
      "and times batches of 1, 2, 4 and so on. Exit code 1 where the model must not serve, or does"
          + " not keep its latency target even for one record."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelCheckCommand implements Callable<Integer> {

  private static final int MAX_BATCH = 65_536;
  private static final Duration BUDGET = Duration.ofMillis(300);
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([kmg])");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "FILE", description = "The .onnx file.")
  private Path file = Path.of("");

  @Option(
      names = "--max-batch",
      paramLabel = "N",
      description = "The largest batch that is timed (default: ${DEFAULT-VALUE}).")
  private int maxBatch = 64;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of one run on the CPU (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--providers",
      split = ",",
      paramLabel = "NAME",
      description = "tensorrt, cuda, cpu in the order to be tried (default: cpu).")
  private List<Provider> providers = List.of(Provider.CPU);

  @Option(
      names = "--require",
      paramLabel = "NAME",
      description = "The provider without which the check fails.")
  private Optional<Provider> required = Optional.empty();

  @Option(
      names = "--cpus",
      paramLabel = "N",
      description = "Check in a process of its own with so many processors, and as many threads.")
  private Optional<Integer> cpus = Optional.empty();

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = {
        "Check in a process of its own, which may never take more than that (512m, 2g), all of it",
        "together: JVM, runtime and model. Linux alone can say."
      })
  private Optional<String> memory = Optional.empty();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    ModelPath.require(file, spec);
    requireBetween("--max-batch", maxBatch, MAX_BATCH);
    requireBetween("--threads", threads, 256);
    cpus.ifPresent(count -> requireBetween("--cpus", count, 256));
    memory.ifPresent(this::requireMeasurable);
    if ((cpus.isPresent() || memory.isPresent()) && !LimitedCheck.isInside()) {
      out.flush();
      return new LimitedCheck(cpus.orElse(Runtime.getRuntime().availableProcessors()))
          .run(limitedArguments());
    }
    int code = check();
    return code == ExitCode.OK ? checkMemory() : code;
  }

  private List<String> limitedArguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add(file.toAbsolutePath().toString());
    arguments.addAll(
        List.of(
            "--max-batch",
            Integer.toString(maxBatch),
            "--threads",
            Integer.toString(cpus.orElse(threads)),
            "--providers",
            providers.stream().map(Provider::word).collect(Collectors.joining(","))));
    required.ifPresent(provider -> arguments.addAll(List.of("--require", provider.word())));
    memory.ifPresent(size -> arguments.addAll(List.of("--memory", size)));
    if (json.isGiven()) {
      arguments.add("--json");
    }
    return arguments;
  }

  private int checkMemory() {
    if (memory.isEmpty()) {
      return ExitCode.OK;
    }
    long peak = LimitedCheck.peakKibibytes().orElse(Long.MAX_VALUE) >> 10;
    long limit = kibibytes(memory.get()) >> 10;
    json.print(
        spec,
        Map.of("peakMebibytes", peak, "limitMebibytes", limit),
        () -> "It takes %d MiB at most, and may take %d".formatted(peak, limit));
    return peak <= limit ? ExitCode.OK : ExitCode.FAILED;
  }

  private void requireMeasurable(String size) {
    if (kibibytes(size) <= 0) {
      throw new ParameterException(
          spec.commandLine(), "--memory is " + size + ": give a size such as 512m or 2g");
    }
    if (LimitedCheck.peakKibibytes().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--memory needs Linux: nobody else says what a process took");
    }
  }

  private static long kibibytes(String size) {
    Matcher matcher = SIZE.matcher(size);
    if (!matcher.matches()) {
      return 0;
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "k" -> number;
      case "m" -> number << 10;
      default -> number << 20;
    };
  }

  private int check() {
    try (ServedModel model = new ModelLoader(settings()).load(file)) {
      CheckReport report = CheckReport.of(model, ModelTrial.times(model, maxBatch, BUDGET));
      json.print(spec, report, report::words);
      return report.keepsLatencyTarget() ? ExitCode.OK : ExitCode.FAILED;
    } catch (InvalidModelException | ProviderUnavailableException | ScoringException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private SessionSettings settings() {
    try {
      return new SessionSettings(
          providers, required, false, maxBatch, threads, GraphOptimisation.ALL, Map.of(), Map.of());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--require must name one of --providers", e);
    }
  }

  private void requireBetween(String option, int value, int toInclusive) {
    if (value < 1 || value > toInclusive) {
      throw new ParameterException(
          spec.commandLine(),
          "%s must be from 1 to %d, not %d".formatted(option, toInclusive, value));
    }
  }
}
