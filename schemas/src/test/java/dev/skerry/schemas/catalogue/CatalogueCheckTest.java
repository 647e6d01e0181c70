package dev.skerry.schemas.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue of this build passes; each way to break one is found and named. */
class CatalogueCheckTest {

  private static final Path CATALOGUE = Path.of("src/main/resources/dev/skerry/schemas");

  @TempDir Path dir;

  private TamperedCatalogue catalogue;

  @BeforeEach
  void copy() throws IOException {
    catalogue = new TamperedCatalogue(dir.resolve("catalogue"), CATALOGUE);
    assertThat(problems()).as("the copy, before anything is changed").isEmpty();
  }

  @Test
  void shouldPassTheCatalogueOfThisBuild() throws IOException {
    assertThat(CatalogueCheck.forTopics(Topics.all()).problems(CATALOGUE)).isEmpty();
  }

  @Test
  void shouldFindChangedBytesOfAReleasedVersion() throws IOException {
    catalogue.edit("released/dead-letter-v1.avsc", text -> text + "\n");
    assertProblem(
        "dead-letters-value version 1 (released/dead-letter-v1.avsc)", "restore the file");
  }

  @Test
  void shouldAskForTheChecksumThatIsNotThere() throws IOException {
    String sha256 = catalogue.sha256("released/dead-letter-v1.avsc");
    catalogue.edit("catalogue.json", text -> text.replace("\"" + sha256 + "\"", "\"\""));
    assertProblem("dead-letters-value version 1", "\"sha256\": \"" + sha256 + "\"");
  }

  @Test
  void shouldFindAnIdThatIsUsedForTwoSchemas() throws IOException {
    catalogue.edit("catalogue.json", text -> text.replace("\"id\": 1000004", "\"id\": 1000001"));
    assertProblem(
        "dead-letters-value version 1", "id 1000001 is already released/telemetry-v1.avsc");
  }

  @Test
  void shouldFindOneSchemaUnderTwoIds() throws IOException {
    catalogue.edit(
        "catalogue.json",
        text -> text.replaceFirst("(telemetry-frames-value.*?\"id\": )1000001", "$11000099"));
    assertProblem("telemetry-frames-value version 1", "has id 1000001 as telemetry-value");
  }

  @Test
  void shouldFindAnIdOutsideOfTheBlock() throws IOException {
    for (int id : List.of(1_000_000, 7, IdBlock.GUARD)) {
      TamperedCatalogue copy = new TamperedCatalogue(dir.resolve("id-" + id), CATALOGUE);
      copy.edit("catalogue.json", text -> text.replace("\"id\": 1000004", "\"id\": " + id));
      assertThat(copy.problems())
          .singleElement()
          .asString()
          .contains(
              "dead-letters-value version 1", "id " + id + " is outside", "1000001 to 1999998");
    }
  }

  @Test
  void shouldTakeANewVersionThatAddsAFieldWithADefault() throws IOException {
    catalogue.addVersion(
        "dead-letters-value", 2, 1_000_090, "dead-letter-v2", addField(", \"default\": 0"));
    assertThat(problems()).isEmpty();
  }

  @Test
  void shouldFindANewVersionThatOldReadersOrNewOnesCannotRead() throws IOException {
    catalogue.addVersion("dead-letters-value", 2, 1_000_090, "dead-letter-v2", addField(""));
    assertProblem(
        "dead-letters-value version 2 (released/dead-letter-v2.avsc)", "new cannot read old");
  }

  @Test
  void shouldFindAVersionThatOnlyItsPredecessorCanRead() throws IOException {
    catalogue.addVersion(
        "dead-letters-value", 2, 1_000_090, "dead-letter-v2", addField(", \"default\": 0"));
    catalogue.addVersion("dead-letters-value", 3, 1_000_091, "dead-letter-v3", addField(""));
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("dead-letters-value version 3", "with version 1", "new cannot read old", "added");
  }

  @Test
  void shouldFindARemovedFieldThatOldReadersNeed() throws IOException {
    catalogue.addVersion(
        "dead-letters-value",
        2,
        1_000_090,
        "dead-letter-v2",
        text -> text.replace("\"stage\"", "\"step\""));
    assertThat(problems())
        .anySatisfy(problem -> assertThat(problem).contains("old cannot read new", "stage"))
        .anySatisfy(problem -> assertThat(problem).contains("new cannot read old", "step"));
  }

  @Test
  void shouldFindAGapBetweenVersionsAndADoubledOne() throws IOException {
    catalogue.addVersion(
        "dead-letters-value", 3, 1_000_090, "dead-letter-v3", addField(", \"default\": 0"));
    assertProblem("dead-letters-value version 3", "this one must be 2");
    TamperedCatalogue doubled = new TamperedCatalogue(dir.resolve("doubled"), CATALOGUE);
    doubled.addVersion(
        "dead-letters-value", 1, 1_000_090, "dead-letter-v2", addField(", \"default\": 0"));
    assertThat(doubled.problems())
        .singleElement()
        .asString()
        .contains("dead-letters-value version 1", "this one must be 2");
  }

  @Test
  void shouldFindAFileThatIsNotListed() throws IOException {
    catalogue.write("released/secret-v1.avsc", "\"string\"");
    assertProblem("released/secret-v1.avsc is not listed", "a new id");
  }

  @Test
  void shouldFindAListedFileThatIsMissing() throws IOException {
    Files.delete(catalogue.root().resolve("released/dead-letter-v1.avsc"));
    assertProblem("dead-letters-value version 1 (released/dead-letter-v1.avsc)", "is missing");
  }

  @Test
  void shouldNotLookOutsideOfTheCatalogue() throws IOException {
    catalogue.write("../outside.avsc", "\"string\"");
    catalogue.list("dead-letters-value", 2, 1_000_090, "../outside.avsc", "");
    assertProblem("dead-letters-value version 2 (../outside.avsc)", "is missing");
  }

  @Test
  void shouldFindAFileThatIsNoSchema() throws IOException {
    catalogue.addVersion(
        "dead-letters-value", 2, 1_000_090, "dead-letter-v2", text -> "{\"type\":");
    assertProblem("dead-letters-value version 2", "no Avro schema");
  }

  @Test
  void shouldFindASubjectThatNoTopicHas() throws IOException {
    catalogue.list(
        "secrets-value",
        1,
        1_000_001,
        "released/telemetry-v1.avsc",
        catalogue.sha256("released/telemetry-v1.avsc"));
    assertProblem("secrets-value version 1", "no topic");
  }

  @Test
  void shouldNameAnEntryThatLacksAFieldOrHasAnUnknownOne() throws IOException {
    catalogue.edit(
        "catalogue.json",
        text ->
            text.replaceFirst("\"version\": 1, \"id\": 1000004", "\"version\": \"1\", \"no\": 1"));
    assertThat(problems())
        .anyMatch(problem -> problem.contains("no whole number \"version\""))
        .anyMatch(problem -> problem.contains("no whole number \"id\""))
        .anyMatch(problem -> problem.contains("unknown field \"no\""));
  }

  @Test
  void shouldNameACatalogueThatIsNoneAtAll() throws IOException {
    for (String text : List.of("[{", "{}", "")) {
      catalogue.write("catalogue.json", text);
      assertThat(problems()).anyMatch(problem -> problem.contains("catalogue.json is no"));
    }
    Files.delete(catalogue.root().resolve("catalogue.json"));
    assertThat(problems()).anyMatch(problem -> problem.contains("catalogue.json is missing"));
  }

  private static UnaryOperator<String> addField(String more) {
    return text ->
        text.replaceFirst(
            "\"fields\": \\[",
            "\"fields\": [{\"name\": \"added\", \"type\": \"int\", \"doc\": \"New.\""
                + more
                + "},");
  }

  private void assertProblem(String... fragments) throws IOException {
    assertThat(problems()).singleElement().asString().contains(fragments);
  }

  private List<String> problems() throws IOException {
    return catalogue.problems();
  }
}
