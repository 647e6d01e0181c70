package dev.skerry.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands that README and the guides give, as words. */
final class GuideCommands {

  private static final Pattern BLOCK =
      Pattern.compile("^(?: {4}|> )?(?:[A-Z_]+=\\S+ )?\\./skerry (.*)$");
  private static final Pattern INLINE = Pattern.compile("`(?:[A-Z_]+=\\S+ )?\\./skerry ([^`]*)`");

  /** What only stands for something. */
  private static final Pattern SKETCH = Pattern.compile("…|\\.\\.\\.|[\\[\\]|<$]|^COMMAND$");

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  private GuideCommands() {}

  /**
   * A command.
   *
   * @param isWhole whether it stands in a block, to be typed as it is
   */
  record Given(Path page, String text, boolean isWhole) {

    String[] words() {
      List<String> words = new ArrayList<>();
      Matcher word = WORD.matcher(text);
      while (word.find()) {
        String quoted = word.group(1) == null ? word.group(2) : word.group(1);
        if (quoted == null && word.group(3).startsWith("#")) {
          break;
        }
        if (quoted == null && word.group(3).equals(">")) {
          break;
        }
        words.add(quoted == null ? word.group(3) : quoted);
      }
      return words.toArray(String[]::new);
    }
  }

  static List<Given> all() throws IOException {
    List<Given> given = new ArrayList<>();
    for (Path page : pages()) {
      for (String line : Files.readAllLines(page)) {
        Matcher block = BLOCK.matcher(line);
        if (block.matches()) {
          given.add(new Given(page, block.group(1), true));
          continue;
        }
        INLINE
            .matcher(line)
            .results()
            .forEach(found -> given.add(new Given(page, found.group(1), false)));
      }
    }
    given.removeIf(command -> SKETCH.matcher(withoutComment(command.text())).find());
    return given;
  }

  private static String withoutComment(String text) {
    int comment = text.indexOf(" #");
    return comment < 0 ? text : text.substring(0, comment);
  }

  static List<Path> pages() throws IOException {
    try (Stream<Path> guides = Files.list(Path.of("..", "docs"))) {
      return Stream.concat(
              Stream.of(Path.of("..", "README.md")),
              guides.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }
}
