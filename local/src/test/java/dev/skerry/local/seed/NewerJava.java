package dev.skerry.local.seed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Java on this machine that is new enough for what the tests start beside the build. */
record NewerJava(Path home, int feature) {

  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

  /**
   * The newest Java of at least this version: {@code -Dskerry.newer.java=HOME}, {@code
   * JAVA_HOME_25} and the like, or the usual places.
   */
  static Optional<NewerJava> find(int atLeast) {
    return homes()
        .flatMap(home -> at(home).stream())
        .filter(java -> java.feature() >= atLeast)
        .max(Comparator.comparingInt(NewerJava::feature));
  }

  Path executable() {
    return home.resolve("bin/java");
  }

  private static Stream<Path> homes() {
    List<Path> homes = new ArrayList<>();
    String asked = System.getProperty("skerry.newer.java", "");
    if (!asked.isEmpty()) {
      return Stream.of(Path.of(asked));
    }
    System.getenv().entrySet().stream()
        .filter(variable -> variable.getKey().startsWith("JAVA_HOME"))
        .forEach(variable -> homes.add(Path.of(variable.getValue())));
    homes.add(Path.of(System.getProperty("java.home")));
    homes.addAll(children(Path.of("/usr/lib/jvm")));
    homes.addAll(children(Path.of(System.getProperty("user.home"), ".sdkman/candidates/java")));
    children(Path.of("/Library/Java/JavaVirtualMachines"))
        .forEach(child -> homes.add(child.resolve("Contents/Home")));
    return homes.stream();
  }

  private static Optional<NewerJava> at(Path home) {
    Path release = home.resolve("release");
    if (!Files.isReadable(release) || !Files.isExecutable(home.resolve("bin/java"))) {
      return Optional.empty();
    }
    try {
      Matcher version = VERSION.matcher(Files.readString(release));
      return version.find()
          ? Optional.of(new NewerJava(home, Integer.parseInt(version.group(1))))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> children(Path directory) {
    List<Path> children = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
        stream.forEach(children::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return children;
  }
}
