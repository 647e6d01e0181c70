package dev.skerry.local.site;

import dev.skerry.local.supervise.ChildMain;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the classes of the warehouse's processes are: in a directory of their own, beside those of
 * the site, so that its many libraries are on no other process's class path.
 */
public final class WarehouseJars {

  private static final String PROPERTY = "skerry.warehouse.lib";
  private static final List<String> PLACES = List.of("warehouse/target/lib", "warehouse");

  private WarehouseJars() {}

  /**
   * The class path of its processes, with what makes them children of a supervisor.
   *
   * @throws SiteRefusedException where they are not there
   */
  public static String classPath() {
    Path own = ownClasses();
    return directory(own)
        .map(lib -> lib.resolve("*") + File.pathSeparator + own)
        .orElseThrow(
            () ->
                new SiteRefusedException(
                    "The warehouse's jars are not there: build them with ./mvnw package -pl"
                        + " warehouse -am, or start the site with --no-warehouse"));
  }

  private static Optional<Path> directory(Path own) {
    String chosen = System.getProperty(PROPERTY);
    if (chosen != null) {
      return Optional.of(Path.of(chosen)).filter(WarehouseJars::hasJars);
    }
    for (Path above = own.getParent(); above != null; above = above.getParent()) {
      for (String place : PLACES) {
        Path candidate = above.resolve(place);
        if (hasJars(candidate)) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean hasJars(@Nullable Path directory) {
    if (directory == null || !Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(file -> file.toString().endsWith(".jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path ownClasses() {
    try {
      return Path.of(ChildMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
