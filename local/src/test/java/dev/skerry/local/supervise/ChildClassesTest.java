package dev.skerry.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildClassesTest {

  @TempDir Path jars;

  @Test
  void shouldNameTheArchiveThatLiesBesideTheJars() throws IOException {
    Path archive = Files.createFile(jars.resolve(ChildClasses.ARCHIVE));
    String all = jars.resolve("*").toString();
    String one = jars.resolve("a.jar") + File.pathSeparator + "elsewhere/b.jar";

    assertThat(ChildClasses.options(all))
        .containsExactly("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-cp", all);
    assertThat(ChildClasses.options(one))
        .contains("-XX:SharedArchiveFile=" + archive)
        .endsWith(one);
  }

  @Test
  void shouldDoWithoutAnArchive() {
    String all = jars.resolve("*").toString();

    assertThat(ChildClasses.options(all)).containsExactly("-cp", all);
    assertThat(ChildClasses.options("a.jar")).containsExactly("-cp", "a.jar");
    assertThat(ChildClasses.options()).contains("-cp");
  }
}
