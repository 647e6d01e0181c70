package dev.skerry.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** What the guides tell people to type, and what they tell them to look for, is there. */
class GuideTest {

  private static final Pattern METRIC = Pattern.compile("\\bskerry_[a-z0-9_]+");
  private static final Pattern ALERT = Pattern.compile("`(Skerry[A-Z][A-Za-z]+)`");
  private static final Pattern RULE = Pattern.compile("(?m)^ *- alert: (\\w+)");
  private static final Pattern LOG = Pattern.compile("`log: ([^`]+)`");
  private static final Pattern LITERAL = Pattern.compile("\"(skerry[._][a-z0-9._]+)\"");

  /** How Prometheus ends the names of counters, timers and units. */
  private static final Pattern ENDING =
      Pattern.compile("(_(total|seconds|bytes|records|offsets|ratio|count|sum|max|bucket))*");

  private static final Set<String> COMMANDS =
      new CommandLine(new Skerry()).getSubcommands().keySet();

  private static final List<String> OPERATING = List.of("operations", "troubleshooting");

  @Test
  void shouldTakeEveryCommandThatAGuideGives() throws IOException {
    List<GuideCommands.Given> given = GuideCommands.all();
    assertThat(given).hasSizeGreaterThan(80);
    assertThat(refused(given)).isEmpty();
  }

  @Test
  void shouldTakeEveryExampleOfTheHelp() {
    assertThat(
            refused(
                Examples.lines().stream()
                    .map(line -> line.replaceFirst(" {2,}.*", "").substring("skerry ".length()))
                    .map(text -> new GuideCommands.Given(Path.of("help"), text, true))
                    .toList()))
        .isEmpty();
  }

  /** Those that the command line does not take, with its reason. */
  private static List<String> refused(List<GuideCommands.Given> commands) {
    List<String> refused = new ArrayList<>();
    CommandLine skerry = Skerry.commandLine();
    for (GuideCommands.Given command : commands) {
      try {
        skerry.parseArgs(command.words());
      } catch (MissingParameterException e) {
        if (command.isWhole() || !namesCommands(command)) {
          refused.add(command + ": " + e.getMessage());
        }
      } catch (ParameterException e) {
        refused.add(command + ": " + e.getMessage());
      }
    }
    return refused;
  }

  /** Within a sentence a command may stand without what it needs. */
  private static boolean namesCommands(GuideCommands.Given command) {
    return COMMANDS.contains(command.words()[0]);
  }

  @Test
  void shouldNameMetricsThatArePublished() throws IOException {
    Set<String> published = published();
    for (Path page : GuideCommands.pages()) {
      assertThat(found(METRIC, Files.readString(page), 0))
          .as(page.toString())
          .allSatisfy(name -> assertThat(published).as(name).anyMatch(known -> isOf(known, name)));
    }
  }

  private static boolean isOf(String known, String name) {
    if (known.endsWith("_") || name.endsWith("_")) {
      return name.startsWith(known) || known.startsWith(name);
    }
    return name.startsWith(known) && ENDING.matcher(name.substring(known.length())).matches();
  }

  /** As Prometheus writes them, but for their endings; those that end with _ go on in some way. */
  private static Set<String> published() throws IOException {
    return found(LITERAL, sources(), 1).stream()
        .map(name -> name.replace('.', '_'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void shouldNameAlertsThatThereAre() throws IOException {
    StringBuilder rules = new StringBuilder();
    try (Stream<Path> files = Files.list(Path.of("..", "k8s", "rules"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".yaml")).toList()) {
        rules.append(Files.readString(file));
      }
    }
    Set<String> alerts = found(RULE, rules.toString(), 1);
    for (String page : List.of("observability", "operations", "troubleshooting")) {
      Set<String> named = found(ALERT, guide(page), 1);
      assertThat(named).as(page).isNotEmpty();
      assertThat(alerts).as(page).containsAll(named);
    }
  }

  @Test
  void shouldQuoteWhatIsLogged() throws IOException {
    String sources = sources();
    int quoted = 0;
    for (String page : OPERATING) {
      for (String line : found(LOG, guide(page), 1)) {
        quoted++;
        assertThat(line.split("…"))
            .as(line)
            .allSatisfy(fragment -> assertThat(sources).contains(fragment.strip()));
      }
    }
    assertThat(quoted).isGreaterThan(10);
  }

  private static String guide(String page) throws IOException {
    return Files.readString(Path.of("..", "docs", page + ".md"));
  }

  private static Set<String> found(Pattern pattern, String text, int group) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(group))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The code of every module, with the pieces of each text put together. */
  private static String sources() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      for (Path module : modules.map(each -> each.resolve("src/main/java")).toList()) {
        if (Files.isDirectory(module)) {
          append(module, text);
        }
      }
    }
    assertThat(text.length()).isGreaterThan(1 << 20);
    return text.toString().replaceAll("\"\\s*\\+\\s*\"", "");
  }

  private static void append(Path directory, StringBuilder text) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".java")).toList()) {
        text.append(Files.readString(file));
      }
    }
  }
}
