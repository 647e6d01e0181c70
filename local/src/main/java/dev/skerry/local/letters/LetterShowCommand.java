package dev.skerry.local.letters;

import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.terminal.Json;
import dev.skerry.schemas.OriginalHeader;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.service.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skerry dead-letters show}: one of them, with what can be read of the record. */
@Command(
    name = "show",
    description = "Shows a dead letter, with what can be read of the record that was given up.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class LetterShowCommand implements Callable<Integer> {

  private static final int SHOWN_BYTES = 256;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "ID",
      converter = LetterId.Converter.class,
      description = "PARTITION/OFFSET, as dead-letters list has it.")
  private LetterId id = new LetterId(0, 0);

  @Option(names = "--json", description = "As a JSON object.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also write the record's value, byte for byte.")
  private Optional<Path> file = Optional.empty();

  @Mixin private LetterBroker broker = new LetterBroker();

  @Override
  public Integer call() {
    Letter letter =
        Letters.read(broker.broker(), found -> found.id().equals(id)).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new SiteRefusedException(
                        "There is no dead letter " + id + "; see dead-letters list"));
    file.ifPresent(path -> write(letter, path));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.of(letter.line()));
    } else {
      print(letter, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private static void print(Letter letter, PrintWriter out) {
    Letter.Line line = letter.line();
    byte[] value = Letter.bytes(letter.content().getOriginalValue());
    List<String> headers =
        letter.content().getOriginalHeaders().stream().map(OriginalHeader::getKey).toList();
    out.printf("dead letter  %s, given up at %s%n", line.id(), line.failedAt());
    out.printf("by           %s of %s%n", line.stage(), line.site());
    out.printf("reason       %s: %s%n", line.reason(), line.detail());
    out.printf("record       %s, key %s%n", line.source(), line.key());
    out.printf("headers      %s%n", headers);
    out.printf("can be read  %s%n", decoded(value));
    out.printf(
        "bytes        %d: %s%s%n",
        value.length,
        HexFormat.ofDelimiter(" ")
            .formatHex(Arrays.copyOf(value, Math.min(SHOWN_BYTES, value.length))),
        value.length > SHOWN_BYTES ? " …" : "");
  }

  private static String decoded(byte[] value) {
    Decoded<Telemetry> decoded = new AvroDecoder<>(Telemetry.class).decode(value);
    if (decoded instanceof Decoded.Value<Telemetry> telemetry) {
      return telemetry.value().toString();
    }
    return decoded instanceof Decoded.Malformed<Telemetry> malformed
        ? malformed.detail()
        : ((Decoded.NotYetKnown<Telemetry>) decoded).detail();
  }

  private static void write(Letter letter, Path path) {
    try {
      Files.write(path, Letter.bytes(letter.content().getOriginalValue()));
    } catch (IOException e) {
      throw new SiteRefusedException("The file " + path + " cannot be written: " + e, e);
    }
  }
}
