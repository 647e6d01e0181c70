package dev.skerry.inference.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.schemas.release.ContractSummary;
import dev.skerry.schemas.release.Expectation;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.release.ReleaseRecord;
import dev.skerry.schemas.release.SigningKey;
import dev.skerry.schemas.release.TrustedKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseCacheTest {

  private static final ReleaseId PUMP = new ReleaseId("pump", "2.0.0");

  @TempDir private Path directory;
  private final SigningKey key = SigningKey.generate();
  private final SigningKey other = SigningKey.generate();

  @Test
  void shouldServeWhatIsWholeAndForgetWhatIsDamaged() throws Exception {
    Path file = directory.resolve("pump@2.0.0").resolve("model.onnx");
    keep(key, "2.0.0", "a model");
    keep(key, "3.0.0", "another");
    assertThat(opened(key).file(PUMP)).contains(file);
    Files.writeString(file, "a modem");
    ReleaseCache cache = opened(key);
    assertThat(cache.file(PUMP)).isEmpty();
    assertThat(file.getParent()).doesNotExist();
    assertThat(cache.file(new ReleaseId("pump", "3.0.0"))).isPresent();
  }

  @Test
  void shouldNoticeDamageThatIsDoneWhileItIsOpen() throws Exception {
    keep(key, "2.0.0", "a model");
    ReleaseCache cache = opened(key);
    Files.writeString(directory.resolve("pump@2.0.0").resolve("model.onnx"), "a");
    assertThat(cache.file(PUMP)).isEmpty();
    assertThat(cache.manifest(PUMP)).isEmpty();
  }

  @Test
  void shouldNotUseWhatIsNotTrustedAnyMoreAndStillSayWhoSignedIt() throws Exception {
    keep(key, "2.0.0", "a model");
    ReleaseCache cache = opened(other);
    assertThat(cache.file(PUMP)).isEmpty();
    assertThat(cache.manifest(PUMP)).isEmpty();
    assertThat(cache.keyId(PUMP)).contains(key.id());
    assertThat(cache.distrusted()).containsExactly(PUMP);
    cache.drop(PUMP);
    assertThat(cache.distrusted()).isEmpty();
    assertThat(directory.resolve("pump@2.0.0")).doesNotExist();
  }

  @Test
  void shouldDeleteWhatCameInPartBeforeTheProcessEnded() throws Exception {
    Path part = Files.writeString(opened(key).incoming(manifest("2.0.0", "a model")), "a m");
    opened(key);
    assertThat(part).doesNotExist();
  }

  private ReleaseCache opened(SigningKey trusted) {
    ReleaseCache cache = new ReleaseCache(directory);
    cache.verify(new TrustedKeys(List.of(trusted.publicKey()), List.of(), false));
    return cache;
  }

  private void keep(SigningKey signer, String version, String content) throws Exception {
    ReleaseCache cache = new ReleaseCache(directory);
    Manifest manifest = manifest(version, content);
    Files.writeString(cache.incoming(manifest), content);
    byte[] record = new ReleaseRecord.Writer().statement(manifest, signer.sign(manifest)).value();
    assertThat(cache.add(manifest, record, signer.id())).as("another hash").isEmpty();
  }

  private Manifest manifest(String version, String content) throws Exception {
    Path file = Files.writeString(directory.resolve("content"), content);
    return new Manifest(
        PUMP.model(),
        version,
        "pump",
        10,
        ReleaseCache.sha256(file),
        Files.size(file),
        10,
        new ContractSummary("classify", "readings of 1 x 4", List.of("a", "b"), null),
        List.of(),
        CanaryPolicy.DEFAULT,
        Expectation.DEFAULT);
  }
}
