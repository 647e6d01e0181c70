package dev.skerry.local.letters;

import dev.skerry.local.terminal.Json;
import dev.skerry.local.terminal.Table;
import dev.skerry.local.terminal.Text;
import dev.skerry.service.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skerry dead-letters list}: the newest of them. */
@Command(
    name = "list",
    description = {
      "Lists dead letters, the newest last. Stage and record of each are in show, and with --json."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class LetterListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private LetterFilter filter = new LetterFilter();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "The newest so many (default: 50).")
  private int limit = 50;

  @Option(names = "--json", description = "Each as a JSON object, one a line.")
  private boolean json;

  @Mixin private LetterBroker broker = new LetterBroker();

  @Override
  public Integer call() {
    List<Letter> all = Letters.read(broker.broker(), filter.wanted());
    List<Letter> newest = all.subList(Math.max(0, all.size() - Math.max(0, limit)), all.size());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      newest.forEach(letter -> out.println(Json.of(letter.line())));
    } else if (newest.isEmpty()) {
      out.println("No dead letters");
    } else {
      out.print(table(newest));
      out.println(
          Text.count(newest.size()) + " of " + Text.count(all.size()) + " dead letters are listed");
    }
    out.flush();
    return ExitCode.OK;
  }

  private static String table(List<Letter> letters) {
    Table table = new Table(List.of("id", "given up (UTC)", "reason", "key", "why"));
    for (Letter letter : letters) {
      Letter.Line line = letter.line();
      table.row(
          line.id(),
          Text.minute(letter.content().getFailedAt()),
          line.reason() + (line.redrivenBefore() ? " (again)" : ""),
          line.key(),
          line.detail());
    }
    return table.text();
  }
}
