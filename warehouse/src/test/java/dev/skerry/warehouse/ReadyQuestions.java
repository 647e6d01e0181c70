package dev.skerry.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The statements that the guide offers. */
final class ReadyQuestions {

  private static final Pattern BLOCK = Pattern.compile("(?s)```sql\\n(.*?)```");

  private ReadyQuestions() {}

  static List<String> ofTheGuide() throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("../docs/warehouse.md")))
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }
}
