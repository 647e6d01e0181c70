package dev.skerry.local.schemas;

import dev.skerry.local.terminal.Table;
import dev.skerry.schemas.serde.SchemaCatalogue;
import dev.skerry.schemas.serde.SchemaCatalogue.Entry;
import dev.skerry.service.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.SchemaNormalization;
import picocli.CommandLine.Command;

/** {@code skerry schemas list}: every version of every subject. */
@Command(
    name = "list",
    description = {
      "Lists subject, version, id, file and fingerprint (CRC-64-AVRO of the parsing canonical form)",
      "of every schema in the catalogue."
    },
    mixinStandardHelpOptions = true)
final class SchemaListCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    Table table = new Table(List.of("subject", "version", "id", "file", "fingerprint"));
    for (Entry entry : SchemaCatalogue.released().entries()) {
      table.row(
          entry.subject(),
          Integer.toString(entry.version()),
          Integer.toString(entry.id()),
          entry.file(),
          "%016x".formatted(SchemaNormalization.parsingFingerprint64(entry.schema())));
    }
    System.out.print(table.text());
    return ExitCode.OK;
  }
}
