package dev.skerry.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The commands in the help, by what people want to do, each with a whole sentence. */
final class CommandGroups {

  private static final Map<String, List<String>> GROUPS = groups();

  private CommandGroups() {}

  private static Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put(
        "A site on this machine:",
        List.of("up", "status", "down", "doctor", "link", "certificates", "seal"));
    groups.put("What happens there:", List.of("tail", "ledger", "dead-letters", "sql", "topics"));
    groups.put("Devices:", List.of("replay", "simulate", "gateway", "token"));
    groups.put("Models:", List.of("model", "rescore", "dataset", "train"));
    groups.put("Besides:", List.of("schemas", "completion", "help"));
    return groups;
  }

  /** Those that are in a group, in the order of the help. */
  static List<String> all() {
    return GROUPS.values().stream().flatMap(List::stream).toList();
  }

  /** Has the help list its commands so. */
  static CommandLine showIn(CommandLine skerry) {
    skerry.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    skerry.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroups::list);
    skerry.getSubcommands().values().forEach(CommandGroups::showInnerOnes);
    skerry.setHelpFactory(FlowingHelp::new);
    return skerry;
  }

  private static void showInnerOnes(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.description(String.join(" ", usage.description())); // It is broken where it is shown.
    if (!command.getSubcommands().isEmpty()) {
      command
          .getHelpSectionMap()
          .put(
              UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
              help -> table(help, List.copyOf(help.subcommands().keySet())));
    }
    command.getSubcommands().values().forEach(CommandGroups::showInnerOnes);
  }

  private static String list(Help help) {
    StringBuilder text = new StringBuilder();
    GROUPS.forEach(
        (heading, names) ->
            text.append(System.lineSeparator())
                .append(heading)
                .append(System.lineSeparator())
                .append(table(help, names)));
    return text.toString();
  }

  private static String table(Help help, List<String> names) {
    int width = help.subcommands().keySet().stream().mapToInt(String::length).max().orElse(0);
    Help.TextTable table =
        Help.TextTable.forColumns(
            help.colorScheme(),
            new Help.Column(width + 4, 2, Help.Column.Overflow.SPAN),
            new Help.Column(80 - width - 4, 2, Help.Column.Overflow.WRAP));
    names.forEach(
        name -> table.addRowValues(help.colorScheme().commandText(name), firstLine(help, name)));
    return table.toString();
  }

  private static Text firstLine(Help help, String name) {
    if (name.equals("help")) {
      return help.colorScheme().text("The help of a command, as its --help.");
    }
    Help command = command(help, name);
    String[] description = command.commandSpec().usageMessage().description();
    return help.colorScheme().text(description.length == 0 ? "" : sentence(description));
  }

  /** Where a command has a second name, help keeps it by both together. */
  private static Help command(Help help, String name) {
    return help.subcommands().values().stream()
        .filter(command -> command.commandSpec().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("There is no command " + name));
  }

  static String sentence(String[] description) {
    String all = String.join(" ", description);
    int end = all.indexOf(". ");
    return end < 0 ? all : all.substring(0, end + 1);
  }
}
