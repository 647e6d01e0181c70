package dev.skerry.local.supervise;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The classes of child processes, as options of their JVM. Beside the jars the build leaves an
 * archive of the classes that parts load at start (class data sharing): a process that has it maps
 * them as they are, which saves it most of the time of reading and checking them, and shares the
 * memory with the others. Without the archive, or with one of another JVM or other jars, a process
 * starts as ever.
 */
public final class ChildClasses {

  /** The archive's name, in the directory of the jars. */
  public static final String ARCHIVE = "classes.jsa";

  private static final String PROPERTY = "skerry.class-path";

  private ChildClasses() {}

  /** Options for a process with the classes of this one. */
  public static List<String> options() {
    return options(
        System.getProperty(PROPERTY, System.getProperty("java.class.path", "." + File.separator)));
  }

  /** Options for a process with the classes of a path; wildcards are welcome. */
  public static List<String> options(String classPath) {
    List<String> options = new ArrayList<>();
    archive(classPath)
        .ifPresent(
            archive ->
                options.addAll(
                    // One that does not fit is as good as none, and no news.
                    List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off")));
    options.addAll(List.of("-cp", classPath));
    return options;
  }

  private static Optional<Path> archive(String classPath) {
    int end = classPath.indexOf(File.pathSeparator);
    @Nullable Path jars = Path.of(end < 0 ? classPath : classPath.substring(0, end)).getParent();
    return Optional.ofNullable(jars)
        .map(directory -> directory.resolve(ARCHIVE))
        .filter(Files::isReadable);
  }
}
