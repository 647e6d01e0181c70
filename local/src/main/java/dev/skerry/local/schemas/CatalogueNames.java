package dev.skerry.local.schemas;

import dev.skerry.schemas.serde.SchemaCatalogue;
import dev.skerry.schemas.serde.SchemaCatalogue.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What people call the catalogue's entries; a wrong name is answered with the right ones. */
final class CatalogueNames {

  private final CommandSpec spec;

  CatalogueNames(CommandSpec spec) {
    this.spec = spec;
  }

  /** All versions of a subject, the oldest first. */
  List<Entry> versions(String subject) {
    List<Entry> entries = SchemaCatalogue.released().entries();
    List<Entry> versions =
        entries.stream()
            .filter(entry -> entry.subject().equals(subject))
            .sorted(Comparator.comparingInt(Entry::version))
            .toList();
    if (versions.isEmpty()) {
      String subjects =
          entries.stream().map(Entry::subject).distinct().collect(Collectors.joining(", "));
      throw refused("There is no subject \"" + subject + "\"; there are " + subjects);
    }
    return versions;
  }

  Entry latest(String subject) {
    List<Entry> versions = versions(subject);
    return versions.get(versions.size() - 1);
  }

  Entry version(String subject, int version) {
    List<Entry> versions = versions(subject);
    return versions.stream()
        .filter(entry -> entry.version() == version)
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    subject
                        + " has no version "
                        + version
                        + "; it has "
                        + versions.stream()
                            .map(entry -> Integer.toString(entry.version()))
                            .collect(Collectors.joining(", "))));
  }

  /** The schema in a file of the user. */
  Schema file(Path file) {
    try {
      return new Schema.Parser().parse(Files.readString(file));
    } catch (IOException e) {
      throw refused(file + " is neither a version nor a file that can be read");
    } catch (AvroRuntimeException e) {
      throw refused(file + " is no Avro schema: " + firstLine(e));
    }
  }

  ParameterException refused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private static String firstLine(AvroRuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("it cannot be parsed");
  }
}
