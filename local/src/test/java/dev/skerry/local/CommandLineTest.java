package dev.skerry.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What holds for every command. */
class CommandLineTest {

  @RegisterExtension private final CommandLineRun cli = new CommandLineRun();

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
  void shouldListEveryCommandInOneGroup() {
    assertThat(CommandGroups.all())
        .containsExactlyInAnyOrderElementsOf(
            new CommandLine(new Skerry())
                .getSubcommands().values().stream()
                    .map(CommandLine::getCommandName)
                    .collect(Collectors.toSet()));
    String help = Skerry.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF);
    assertThat(help).contains("Devices:", "dead-letters  ").doesNotContain("%n");
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void shouldSayWhatInnerCommandsDoInWholeSentences() {
    assertThat(all(Skerry.commandLine()))
        .filteredOn(command -> !command.getSubcommands().isEmpty())
        .allSatisfy(
            command -> {
              String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
              assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
              assertThat(command.getSubcommands().values())
                  .filteredOn(inner -> !inner.getCommandName().equals("help"))
                  .allSatisfy(
                      inner ->
                          assertThat(withoutSpaces(help))
                              .contains(withoutSpaces(firstSentence(inner))));
            });
  }

  /** picocli breaks lines after hyphens and leading dots, too: {@code --} and {@code speed}. */
  @Test
  void shouldNotBreakNamesOfOptionsAndFiles() {
    assertThat(all(Skerry.commandLine()))
        .allSatisfy(
            command ->
                assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF).lines())
                    .as(command.getCommandSpec().qualifiedName())
                    .noneMatch(line -> line.matches(".*([ (]\\.|-)")));
  }

  private static String firstSentence(CommandLine command) {
    return CommandGroups.sentence(command.getCommandSpec().usageMessage().description());
  }

  /** However its lines are broken. */
  private static String withoutSpaces(String text) {
    return text.replaceAll("\\s", "");
  }

  @Test
  void shouldGiveExamplesOfEveryCommand() {
    assertThat(all(Skerry.commandLine()))
        .filteredOn(command -> command.getSubcommands().isEmpty())
        .filteredOn(command -> !command.getCommandName().equals("help"))
        .allSatisfy(
            command -> {
              String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
              String name = command.getCommandSpec().qualifiedName();
              assertThat(help).as(name).contains("Examples:");
              assertThat(help.lines())
                  .as(name)
                  .allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
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
    assertThat(cli.skerry("completion")).isZero();
    assertThat(cli.printed())
        .contains("complete -F _complete_skerry", "dead-letters", "--console-port");
  }

  @Test
  void shouldTellItsVersionWithEachCommand() {
    assertThat(cli.skerry("link", "cut", "--version")).isZero();
    assertThat(cli.printed()).startsWith("skerry ");
  }

  /** Logging is set up once for each process. */
  @Test
  void shouldKeepItsLogOutOfWhatProgramsRead() throws Exception {
    Process check =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j2.configurationFile=../service/src/main/resources/log4j2.properties",
                "-cp",
                System.getProperty("java.class.path"),
                Skerry.class.getName(),
                "model",
                "check",
                "../models/vibration/vibration-faults.onnx",
                "--json")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(check.getInputStream().readAllBytes(), UTF_8);
    assertThat(check.waitFor()).isZero();
    assertThat(printed.lines()).hasSize(1).allMatch(line -> line.startsWith("{"));
  }

  @Test
  void shouldPrintJsonWithoutASite(@TempDir Path dir) {
    assertThat(cli.skerry("status", "--json", "--data", dir.toString())).isEqualTo(1);
    assertThat(cli.printed()).isEmpty();
    assertThat(cli.skerry("link", "--json", "--data", dir.toString())).isZero();
    assertThat(cli.printed()).contains("\"up\":false", "\"link\":\"up\"");
    cli.forgetPrinted();
    assertThat(cli.skerry("link", "cut", "--json", "--data", dir.toString())).isEqualTo(2);
    assertThat(cli.printed()).as("standard error has why").isEmpty();
    assertThat(cli.skerry("schemas", "list", "--json")).isZero();
    assertThat(cli.printed()).contains("\"subject\":\"detections-value\"");
  }

  @Test
  void shouldExamineTheMachine(@TempDir Path dir) {
    int code = cli.skerry("doctor", "--json", "--data", dir.toString());
    String said = cli.printed();
    assertThat(said).contains("\"what\":\"Java\",\"verdict\":\"OK\"");
    assertThat(code).isEqualTo(said.contains("FAILURE") ? 1 : 0);
    assertThat(said).as("no colours where there is no terminal").doesNotContain("\u001b");
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
