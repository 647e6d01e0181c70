package dev.skerry.local;

import dev.skerry.local.ledger.AnswerEntries;
import dev.skerry.local.ledger.LedgerText;
import dev.skerry.local.ledger.Verdicts;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.site.SiteStatus;
import dev.skerry.local.topic.Broker;
import dev.skerry.schemas.AnswerEntry;
import dev.skerry.schemas.Completeness;
import dev.skerry.service.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skerry ledger}: whether the cloud has what the site wrote. */
@Command(
    name = "ledger",
    description = {
      "Says for each mirrored topic whether the cloud has all that the site wrote, once: by the",
      "hour, and by the minute where it has not. Exit code 1 where records are missing, doubled or",
      "differ. With --answers the same for the answers to the site's own telemetry."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class LedgerCommand implements Callable<Integer> {

  @Option(names = "--problems", description = "Only what is missing, doubled or differs.")
  private boolean problemsAlone;

  @Option(names = "--minutes", description = "Every minute, not hours.")
  private boolean everyMinute;

  @Option(names = "--json", description = "Each minute as a JSON object, one a line.")
  private boolean json;

  @Option(
      names = "--answers",
      description = "Of the site's telemetry: whether each record has exactly one answer.")
  private boolean ofAnswers;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = {
        "The cloud's broker, or with --answers the site's; by default those of the site on this",
        "machine."
      })
  private Optional<String> bootstrap = Optional.empty();

  @Option(
      names = "--client-config",
      paramLabel = "FILE",
      description = "With --bootstrap: settings of a Kafka client, such as certificates.")
  private Optional<Path> clientConfig = Optional.empty();

  @Mixin private SiteOption site = new SiteOption();

  @Override
  public Integer call() {
    return ofAnswers ? answers() : mirrored();
  }

  private int answers() {
    if (bootstrap.isPresent()) {
      return answers(Broker.of(bootstrap.get(), clientConfig));
    }
    List<SiteStatus> sites = site.sites();
    int code = ExitCode.OK;
    for (SiteStatus each : sites) {
      if (sites.size() > 1 && !json) {
        System.out.println(each.site());
      }
      code = Math.max(code, answers(each.edge()));
    }
    return code;
  }

  private int answers(Broker edge) {
    AnswerEntries answers = AnswerEntries.read(edge);
    List<AnswerEntry> chosen = problemsAlone ? answers.problems() : answers.entries();
    if (json) {
      chosen.forEach(System.out::println);
    } else {
      System.out.print(AnswerEntries.table(chosen));
      System.out.println("answers: " + answers.summary());
    }
    return answers.problems().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private int mirrored() {
    Verdicts all =
        Verdicts.read(bootstrap.map(at -> Broker.of(at, clientConfig)).orElseGet(this::cloud));
    Verdicts verdicts = site.name().map(all::of).orElse(all);
    List<Completeness> problems = verdicts.problems();
    List<Completeness> chosen = problemsAlone ? problems : verdicts.windows();
    if (json) {
      chosen.forEach(System.out::println);
    } else if (everyMinute) {
      System.out.print(LedgerText.minutes(chosen));
    } else {
      print(verdicts, problems);
    }
    return problems.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private Broker cloud() {
    SiteStatus status = site.site();
    if (status.cloud() == null) {
      throw new SiteRefusedException(
          "The site "
              + status.site()
              + " has no cloud, so that there is nothing to compare; ask with --answers whether its"
              + " telemetry is answered");
    }
    return status.requireCloud();
  }

  private void print(Verdicts verdicts, List<Completeness> problems) {
    if (!problemsAlone) {
      System.out.print(LedgerText.hours(verdicts));
    }
    if (!problems.isEmpty()) {
      System.out.print(LedgerText.minutes(problems));
    }
    System.out.println("ledger: " + verdicts.summary());
  }
}
