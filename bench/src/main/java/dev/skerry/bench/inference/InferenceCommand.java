package dev.skerry.bench.inference;

import static java.util.Objects.requireNonNull;

import dev.skerry.bench.process.WorkDirectory;
import dev.skerry.bench.report.GuideBlock;
import dev.skerry.bench.report.Machine;
import dev.skerry.bench.subject.Subject;
import dev.skerry.bench.workload.Workload;
import dev.skerry.service.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench/inference}: the inference processor beside its baselines. */
@Command(
    name = "inference",
    description = "Measures the inference processor beside its baselines, in one run.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class InferenceCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--workload",
      split = ",",
      description = "Which workloads: mlp, ffnn, three, cnn (default: all).")
  private List<String> workloads = Arrays.stream(Workload.values()).map(Workload::id).toList();

  @Option(
      names = "--only",
      split = ",",
      description = "Which of skerry, copy, ort, streams, plain (default: all).")
  private List<String> only = Arrays.stream(Subject.values()).map(Subject::id).toList();

  @Option(names = "--runs", description = "Interleaved runs of each, 1 and up (default: 5).")
  private int runs = 5;

  @Option(
      names = "--warm-up",
      description = "Runs of each before the first that counts, for the broker (default: 1).")
  private int warmUpRuns = 1;

  @Option(
      names = "--records",
      description =
          "Records measured in each run (default: four million of the light MLP, fewer of the"
              + " others).")
  private long records;

  @Option(
      names = "--load-seconds",
      description = "How long answers are timed at half load; 0 for not at all (default: 10).")
  private int loadSeconds = 10;

  @Option(names = "--seed", description = "Of weights and records (default: 1).")
  private long seed = 1;

  @Option(names = "--out", description = "Where all figures go as JSON.")
  private @Nullable Path out;

  @Option(
      names = "--with",
      paramLabel = "FILE",
      description = "Figures of earlier runs with other workloads (--out), to stand before these.")
  private List<Path> with = List.of();

  @Option(
      names = "--docs",
      description = "The directory of the guide, whose figures and charts are to be rewritten.")
  private @Nullable Path docs;

  @Option(
      names = "--sweep",
      description = "Try the settings of Kafka Streams instead of comparing.")
  private boolean sweep;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Comparison.Plan plan = plan();
    List<WorkloadResult> earlier = earlier();
    WorkDirectory directory = WorkDirectory.create();
    Machine machine = Machine.here();
    System.err.println(machine.describe() + "; logs are in " + directory.path());
    if (sweep) {
      sweep(directory.path());
    } else {
      compare(plan, earlier, directory.path(), machine);
    }
    directory.delete();
    return ExitCode.OK;
  }

  private void sweep(Path directory) throws InterruptedException {
    long each = records > 0 ? records : Workload.MLP.records() / 2;
    List<StreamsSweep.Tried> tried =
        new StreamsSweep(directory, System.err::println).run(each, Math.max(1, loadSeconds), seed);
    System.out.println(StreamsSweep.table(tried));
    if (docs != null) {
      new GuideBlock(docs.resolve("performance.md"), "sweep").write(StreamsSweep.table(tried));
    }
  }

  private void compare(
      Comparison.Plan plan, List<WorkloadResult> earlier, Path directory, Machine machine)
      throws IOException, InterruptedException {
    List<WorkloadResult> results = new Comparison(plan, directory, System.err::println).run();
    FigurePage page =
        new FigurePage(machine, runs, Stream.concat(earlier.stream(), results.stream()).toList());
    System.out.println(page.text(""));
    if (out != null) {
      new Figures(machine, seed, results).write(out);
    }
    if (docs != null) {
      page.writeTo(docs);
    }
  }

  private List<WorkloadResult> earlier() {
    try {
      return with.stream().flatMap(file -> Figures.read(file).workloads().stream()).toList();
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  private Comparison.Plan plan() {
    try {
      require(runs >= 1, "--runs is " + runs + ": give 1 or more");
      require(warmUpRuns >= 0, "--warm-up is " + warmUpRuns + ": give 0 or more");
      require(records >= 0, "--records is " + records + ": give 1 or more");
      require(loadSeconds >= 0, "--load-seconds is " + loadSeconds + ": give 0 or more");
      return new Comparison.Plan(
          workloads.stream().map(Workload::of).toList(),
          only.stream().map(Subject::of).distinct().sorted().toList(),
          runs,
          warmUpRuns,
          records,
          loadSeconds,
          seed);
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  private ParameterException wrong(IllegalArgumentException e) {
    return new ParameterException(
        requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
