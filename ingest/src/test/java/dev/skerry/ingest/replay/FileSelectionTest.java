package dev.skerry.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSelectionTest {

  @TempDir Path dir;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(dir.resolve("line/a"));
    for (String name : List.of("b.csv", "a.CSV", "notes.txt", "line/c.csv", "line/a/d.csv")) {
      Files.writeString(dir.resolve(name), "x");
    }
  }

  @Test
  void shouldTakeTheCsvFilesOfADirectoryAndNotOfThoseBelow() {
    assertThat(select(dir.toString())).containsExactly("a.CSV", "b.csv");
  }

  @Test
  void shouldMatchGlobsInNamesAndOverDirectories() {
    assertThat(select(dir + "/*.csv")).containsExactly("b.csv");
    assertThat(select(dir + "/{a,b}.*")).containsExactly("a.CSV", "b.csv");
    assertThat(select(dir + "/*/c.csv")).containsExactly("line/c.csv");
    assertThat(select(dir + "/**.csv")).containsExactly("b.csv", "line/a/d.csv", "line/c.csv");
  }

  @Test
  void shouldTakeEachFileOnceInTheOrderOfTheArguments() {
    assertThat(select(dir + "/b.csv", dir.toString(), dir + "/./b.csv"))
        .containsExactly("b.csv", "a.CSV");
  }

  @Test
  void shouldNameWhatStandsForNoFile() {
    assertThatThrownBy(() -> select(dir + "/x.csv"))
        .isInstanceOf(InputException.class)
        .hasMessage("There is no file " + dir + "/x.csv");
    assertThatThrownBy(() -> select(dir + "/*.tsv"))
        .hasMessage("No file matches " + dir + "/*.tsv");
    assertThatThrownBy(() -> select(dir + "/nowhere/*.csv"))
        .hasMessage("No file matches " + dir + "/nowhere/*.csv");
    assertThatThrownBy(() -> select(dir + "/{a.csv")).hasMessageContaining("is no glob");
  }

  private List<String> select(String... patterns) {
    return FileSelection.of(List.of(patterns), InputStream.nullInputStream()).stream()
        .map(input -> ((Input.OfFile) input).path())
        .map(file -> dir.relativize(file.normalize()).toString())
        .toList();
  }
}
