package dev.skerry.local.doctor;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteStatus;
import dev.skerry.local.terminal.Json;
import dev.skerry.service.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skerry doctor}: whether this machine can run a site. */
@Command(
    name = "doctor",
    description = {
      "Looks at Java, CPU, memory, disk, ports, GPU, its driver and its libraries, and says what to",
      "do. Exit code 1 where a site could not run."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the site keeps its data (default: .skerry in the current directory).")
  private Path data = Path.of(".skerry");

  @Option(names = "--json", description = "Each finding as a JSON object, one a line.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<Finding> findings = new ArrayList<>(MachineChecks.of(Machine.ours(data)));
    findings.addAll(PortChecks.of(isUp()));
    findings.addAll(GpuChecks.ours().findings());
    PrintWriter out = spec.commandLine().getOut();
    findings.forEach(finding -> out.println(json ? Json.of(finding) : line(finding)));
    out.flush();
    boolean fails =
        findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.FAILURE);
    return fails ? ExitCode.FAILED : ExitCode.OK;
  }

  private boolean isUp() {
    return SiteStatus.read(new SiteFiles(data)).flatMap(SiteStatus::supervisor).isPresent();
  }

  /** Coloured where the output is a terminal. */
  private String line(Finding finding) {
    String style =
        switch (finding.verdict()) {
          case OK -> "fg(green)";
          case WARNING -> "fg(yellow)";
          case FAILURE -> "fg(red),bold";
        };
    Ansi ansi = spec.commandLine().getColorScheme().ansi();
    String verdict =
        ansi.string(
            "@|%s %-8s|@".formatted(style, finding.verdict().name().toLowerCase(Locale.ROOT)));
    String advice = finding.advice().isEmpty() ? "" : ". " + finding.advice();
    return "%s %-18s %s%s".formatted(verdict, finding.what(), finding.found(), advice);
  }
}
