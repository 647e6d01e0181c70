package dev.skerry.local.schemas;

import dev.skerry.local.terminal.Json;
import dev.skerry.local.terminal.Table;
import dev.skerry.schemas.serde.SchemaCatalogue;
import dev.skerry.schemas.serde.SchemaCatalogue.Entry;
import dev.skerry.service.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.SchemaNormalization;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skerry schemas list}: every version of every subject. */
@Command(
    name = "list",
    description = {
      "Lists subject, version, id and fingerprint (CRC-64-AVRO of the parsing canonical form) of",
      "every schema in the catalogue; with --json its file too."
    },
    mixinStandardHelpOptions = true)
final class SchemaListCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Each as a JSON object, one a line.")
  private boolean json;

  /** A version of a subject, for programs. */
  record Line(String subject, int version, int id, String file, String fingerprint) {}

  @Override
  public Integer call() {
    if (json) {
      SchemaCatalogue.released()
          .entries()
          .forEach(entry -> System.out.println(Json.of(line(entry))));
      return ExitCode.OK;
    }
    Table table = new Table(List.of("subject", "version", "id", "fingerprint"));
    for (Entry entry : SchemaCatalogue.released().entries()) {
      Line line = line(entry);
      table.row(
          line.subject(),
          Integer.toString(line.version()),
          Integer.toString(line.id()),
          line.fingerprint());
    }
    System.out.print(table.text());
    return ExitCode.OK;
  }

  private static Line line(Entry entry) {
    return new Line(
        entry.subject(),
        entry.version(),
        entry.id(),
        entry.file(),
        "%016x".formatted(SchemaNormalization.parsingFingerprint64(entry.schema())));
  }
}
