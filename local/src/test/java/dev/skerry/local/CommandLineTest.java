package dev.skerry.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What holds for every command. */
class CommandLineTest {

  private final PrintStream terminal = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(terminal);
  }

  @Test
  void shouldDescribeEveryCommandAndOption() {
    assertThat(all(new CommandLine(new Skerry())))
        .allSatisfy(
            command -> {
              String name = command.getCommandSpec().qualifiedName();
              assertThat(command.getCommandSpec().usageMessage().description())
                  .as(name)
                  .isNotEmpty();
              assertThat(command.getCommandSpec().options())
                  .filteredOn(option -> !option.hidden())
                  .allSatisfy(
                      option ->
                          assertThat(option.description())
                              .as(name + " " + option.longestName())
                              .isNotEmpty());
            });
  }

  @Test
  void shouldNameEveryCommandInTheGuide() throws IOException {
    String guide = Files.readString(Path.of("../docs/cli.md"));
    assertThat(new CommandLine(new Skerry()).getSubcommands().keySet())
        .filteredOn(name -> !name.equals("help"))
        .allSatisfy(name -> assertThat(guide).contains("`" + name + "`"));
  }

  @Test
  void shouldCompleteWhatThereIs() {
    assertThat(skerry("completion")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("complete -F _complete_skerry", "dead-letters", "--console-port");
  }

  @Test
  void shouldPrintJsonWithoutASite(@TempDir Path dir) {
    assertThat(skerry("status", "--json", "--data", dir.toString())).isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(skerry("link", "--json", "--data", dir.toString())).isZero();
    assertThat(out.toString(UTF_8)).contains("\"up\":false", "\"link\":\"up\"");
    out.reset();
    assertThat(skerry("schemas", "list", "--json")).isZero();
    assertThat(out.toString(UTF_8)).contains("\"subject\":\"detections-value\"");
  }

  @Test
  void shouldExamineTheMachine(@TempDir Path dir) {
    int code = skerry("doctor", "--json", "--data", dir.toString());
    String said = out.toString(UTF_8);
    assertThat(said).contains("\"what\":\"Java\",\"verdict\":\"OK\"");
    assertThat(code).isEqualTo(said.contains("FAILURE") ? 1 : 0);
    assertThat(said).as("no colours where there is no terminal").doesNotContain("\u001b");
  }

  private int skerry(String... args) {
    return Skerry.run(args, new PrintWriter(err, true));
  }

  private static Stream<CommandLine> withAll(CommandLine command) {
    Map<String, CommandLine> subcommands = command.getSubcommands();
    return Stream.concat(
        Stream.of(command), subcommands.values().stream().flatMap(CommandLineTest::withAll));
  }

  private static Iterable<CommandLine> all(CommandLine command) {
    return withAll(command).toList();
  }
}
