package dev.skerry.local.seed;

import dev.skerry.schemas.serde.SchemaCatalogue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the catalogue into a registry: looks what is there, refuses where an id or a version is
 * something else already, imports what is missing, sets FULL_TRANSITIVE for each subject, and reads
 * every id back. Doing it twice does nothing the second time. Nothing is ever deleted.
 */
public final class Seeding {

  private static final String LEVEL = "FULL_TRANSITIVE";
  private static final String READ_ONLY = "READONLY";

  private final SchemaCatalogue catalogue;
  private final boolean readOnly;

  /**
   * The seeding of one catalogue.
   *
   * @param readOnly whether nobody else may write to its subjects afterwards
   */
  public Seeding(SchemaCatalogue catalogue, boolean readOnly) {
    this.catalogue = catalogue;
    this.readOnly = readOnly;
  }

  /** How it ended. */
  public sealed interface Outcome {

    /**
     * The registry says what the catalogue says.
     *
     * @param registry what it is
     * @param versions how many versions of subjects were read back
     * @param added how many of them were not there before
     */
    record Seeded(String registry, int versions, int added) implements Outcome {}

    /** Something else is there already, so that nothing was written. */
    record Refused(List<Difference> differences) implements Outcome {}

    /** The registry took the schemas and says something else now. */
    record Differs(String registry, List<Difference> differences) implements Outcome {}
  }

  /**
   * Seeds a registry.
   *
   * @param url its address; Apicurio's with or without {@code /apis/ccompat/v7}
   * @param userInfo {@code user:password} for basic authentication, empty for none
   * @throws SeedFailedException when it does not answer, or refuses a call
   */
  public Outcome seed(String url, String userInfo) throws InterruptedException {
    Detection.Detected detected = Detection.detect(url, userInfo);
    if (readOnly && !detected.importer().enforcesModes()) {
      throw new SeedFailedException(
          detected.importer().kind()
              + " remembers the mode READONLY and takes writes all the same: leave out --read-only,"
              + " and protect the subjects with its own access rules");
    }
    RegistryHttp registry = detected.confluentApi();
    List<Wanted> wanted = Wanted.of(catalogue);
    ReadBack readBack = new ReadBack(registry);

    ReadBack.Found before = readBack.read(wanted);
    if (!before.differences().isEmpty()) {
      return new Outcome.Refused(before.differences());
    }
    if (!before.missing().isEmpty()) {
      detected.importer().register(before.missing());
    }
    ReadBack.Found after = readBack.read(wanted);
    List<Difference> differences = new ArrayList<>(after.differences());
    after.missing().forEach(one -> differences.add(ReadBack.different(one, "nothing")));
    if (differences.isEmpty()) {
      differences.addAll(settings(registry, wanted));
    }
    String kind = detected.importer().kind();
    return differences.isEmpty()
        ? new Outcome.Seeded(kind, wanted.size(), before.missing().size())
        : new Outcome.Differs(kind, differences);
  }

  private List<Difference> settings(RegistryHttp registry, List<Wanted> wanted)
      throws InterruptedException {
    Set<String> subjects = new LinkedHashSet<>();
    wanted.forEach(one -> subjects.add(one.subject()));
    List<Difference> differences = new ArrayList<>();
    for (String subject : subjects) {
      Setting.COMPATIBILITY.ensure(registry, subject, LEVEL).ifPresent(differences::add);
      if (readOnly) {
        Setting.MODE.ensure(registry, subject, READ_ONLY).ifPresent(differences::add);
      }
    }
    return differences;
  }
}
