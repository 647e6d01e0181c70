package dev.skerry.inference.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.release.SigningKey;
import dev.skerry.schemas.release.TrustedKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {

  @TempDir private Path directory;
  private final SigningKey first = SigningKey.generate();
  private final SigningKey second = SigningKey.generate();
  private long nowNanos;
  private TrustedKeys keys;
  private KeyFiles files;

  @BeforeEach
  void trustTheFirst() {
    first.write(directory, "first");
    keys = new TrustedKeys(TrustedKeys.read(List.of(directory)), List.of(), false);
    files = new KeyFiles(List.of(directory), keys, () -> nowNanos);
  }

  @Test
  void shouldTrustAKeyThatComesAndNoneThatGoes() throws Exception {
    second.write(directory, "second");
    assertThat(files.haveMore()).as("not yet time to look").isFalse();
    assertThat(looked()).isTrue();
    assertThat(keys.isTrusted(first.id()) && keys.isTrusted(second.id())).isTrue();
    assertThat(looked()).as("nothing more has come").isFalse();
    Files.delete(directory.resolve("first.pub"));
    assertThat(looked()).isFalse();
    assertThat(keys.isTrusted(first.id())).isFalse();
    assertThat(keys.isTrusted(second.id())).isTrue();
  }

  @Test
  void shouldKeepToTheKeysOfBeforeWhereFilesCannotBeUsed() throws Exception {
    Path broken = Files.writeString(directory.resolve("broken.pub"), "no key at all");
    assertThat(looked()).isFalse();
    assertThat(keys.ids()).containsExactly(first.id());
    Files.delete(broken);
    Files.delete(directory.resolve("first.pub"));
    assertThat(looked()).isFalse();
    assertThat(keys.ids()).as("none is left").containsExactly(first.id());
    Files.delete(directory.resolve("first.key"));
    Files.delete(directory);
    assertThat(looked()).isFalse();
    assertThat(keys.ids()).as("the directory is gone").containsExactly(first.id());
  }

  @Test
  void shouldNotTrustAgainWhatWasRevoked() {
    keys.revoke(first.id());
    second.write(directory, "second");
    assertThat(looked()).isTrue();
    assertThat(keys.isTrusted(first.id())).isFalse();
  }

  private boolean looked() {
    nowNanos += Duration.ofSeconds(2).toNanos();
    return files.haveMore();
  }
}
