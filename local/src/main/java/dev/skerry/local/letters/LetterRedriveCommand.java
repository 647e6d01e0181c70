package dev.skerry.local.letters;

import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.terminal.Json;
import dev.skerry.local.terminal.Progress;
import dev.skerry.local.terminal.Text;
import dev.skerry.service.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skerry dead-letters redrive}: telemetry that was given up is sent again. */
@Command(
    name = "redrive",
    description = {
      "Sends telemetry again that inference had given up, as it was, marked by the header",
      "skerry.redriven. What was sent again from a letter before is left out. Exit code 1 where a",
      "letter that was named cannot be sent."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class LetterRedriveCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      converter = LetterId.Converter.class,
      description = "PARTITION/OFFSET of each, as dead-letters list has it.")
  private List<LetterId> ids = List.of();

  @Option(names = "--all", description = "All that are still there.")
  private boolean all;

  @Mixin private LetterFilter filter = new LetterFilter();

  @Option(names = "--dry-run", description = "Say what would be sent, and send nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "What was done as a JSON object.")
  private boolean json;

  @Mixin private LetterBroker broker = new LetterBroker();

  /** What was done. */
  record Done(int sent, int sentBefore, int notSendable, boolean dryRun) {}

  @Override
  public Integer call() {
    if (ids.isEmpty() && !all && !filter.isGiven()) {
      throw new SiteRefusedException(
          "Say which: their ids, --reason, --stage or --since, or --all of them");
    }
    Redriving redriving = new Redriving(broker.broker());
    List<Letter> chosen = chosen();
    List<Letter> sendable =
        chosen.stream()
            .filter(letter -> Redriving.sendable(letter) instanceof Redriving.Sendable.Yes)
            .toList();
    Set<String> before = redriving.redrivenBefore(sendable);
    List<Letter> fresh =
        sendable.stream().filter(letter -> !before.contains(letter.id().toString())).toList();
    if (!dryRun) {
      try (Progress progress = Progress.of("records are sent")) {
        redriving.send(fresh, there -> progress.at(there, fresh.size()));
      }
    }
    Done done =
        new Done(
            fresh.size(), sendable.size() - fresh.size(), chosen.size() - sendable.size(), dryRun);
    report(done, chosen);
    return ids.isEmpty() || done.notSendable() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private List<Letter> chosen() {
    Set<LetterId> named = Set.copyOf(ids);
    Predicate<Letter> wanted = filter.wanted();
    List<Letter> letters =
        Letters.read(
            broker.broker(),
            letter -> (named.isEmpty() || named.contains(letter.id())) && wanted.test(letter));
    List<LetterId> absent = new ArrayList<>(named);
    letters.forEach(letter -> absent.remove(letter.id()));
    if (!absent.isEmpty() && !filter.isGiven()) {
      throw new SiteRefusedException(
          "There are no dead letters " + absent + "; see dead-letters list");
    }
    return letters;
  }

  private void report(Done done, List<Letter> chosen) {
    if (json) {
      System.out.println(Json.of(done));
      return;
    }
    for (Letter letter : chosen) {
      if (Redriving.sendable(letter) instanceof Redriving.Sendable.No no) {
        System.out.println(letter.id() + ": " + no.why());
      }
    }
    System.out.printf(
        "%s %s sent again, %s were before, %s cannot be%n",
        Text.count(done.sent()),
        done.dryRun() ? "would be" : "are",
        Text.count(done.sentBefore()),
        Text.count(done.notSendable()));
  }
}
