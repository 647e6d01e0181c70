package dev.skerry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The guide and the command line say the same. */
class IngestGuideTest {

  private static final Path GUIDE = Path.of("../docs/ingest.md");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|([^\\s']+)");

  @Test
  void shouldParseEveryExampleOfTheGuide() throws IOException {
    List<String> examples =
        Files.readAllLines(GUIDE).stream().filter(line -> line.startsWith("./skerry ")).toList();
    assertThat(examples).hasSizeGreaterThan(5);
    for (String example : examples) {
      List<String> words = words(example);
      CommandLine.ParseResult parsed =
          IngestMain.commandLine().parseArgs(words.subList(1, words.size()).toArray(String[]::new));
      assertThat(parsed.hasSubcommand()).as(example).isTrue();
    }
  }

  @Test
  void shouldExplainEveryOptionInTheGuideAndNoOther() throws IOException {
    String guide = Files.readString(GUIDE);
    List<String> options = new ArrayList<>();
    IngestMain.commandLine()
        .getSubcommands()
        .values()
        .forEach(
            command ->
                command.getCommandSpec().options().stream()
                    .map(OptionSpec::longestName)
                    .forEach(options::add));
    assertThat(options)
        .filteredOn(option -> !option.equals("--help") && !option.equals("--version"))
        .allSatisfy(
            option ->
                assertThat(guide)
                    .containsPattern("\\| `(--\\[no-]" + option.substring(2) + "|" + option + ")"));
    Matcher rows = Pattern.compile("(?m)^\\| `(--[a-z-]+)").matcher(guide);
    while (rows.find()) {
      assertThat(options).contains(rows.group(1));
    }
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }
}
