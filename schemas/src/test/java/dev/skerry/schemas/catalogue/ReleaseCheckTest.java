package dev.skerry.schemas.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check of one catalogue alone cannot see: a schema changed together with its sha256. */
class ReleaseCheckTest {

  private static final Path CATALOGUE = Path.of("src/main/resources/dev/skerry/schemas");

  @TempDir Path dir;

  private TamperedCatalogue released;
  private TamperedCatalogue now;

  @BeforeEach
  void copy() throws IOException {
    released = new TamperedCatalogue(dir.resolve("released"), CATALOGUE);
    now = new TamperedCatalogue(dir.resolve("now"), CATALOGUE);
    assertThat(problems()).isEmpty();
  }

  @Test
  void shouldTakeAVersionThatWasAdded() throws IOException {
    now.addVersion("dead-letters-value", 2, 1_000_090, "dead-letter-v2", text -> text + "\n");
    assertThat(problems()).isEmpty();
  }

  @Test
  void shouldFindBytesThatWereChangedTogetherWithTheirChecksum() throws IOException {
    String before = now.sha256("released/dead-letter-v1.avsc");
    now.edit("released/dead-letter-v1.avsc", text -> text + "\n");
    String after = now.sha256("released/dead-letter-v1.avsc");
    now.edit("catalogue.json", text -> text.replace(before, after));
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("dead-letters-value version 1 (released/dead-letter-v1.avsc)", "other bytes");
  }

  @Test
  void shouldFindAChangedId() throws IOException {
    now.edit("catalogue.json", text -> text.replace("\"id\": 1000004", "\"id\": 1000092"));
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("dead-letters-value version 1", "id 1000004", "id 1000092", "restore the id");
  }

  @Test
  void shouldFindAVersionThatIsGone() throws IOException {
    released.addVersion("dead-letters-value", 2, 1_000_090, "dead-letter-v2", text -> text + "\n");
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("dead-letters-value version 2", "put it back");
  }

  private List<String> problems() throws IOException {
    return ReleaseCheck.problems(now.root(), released.root());
  }
}
