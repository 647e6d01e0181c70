package dev.skerry.local.model;

import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.schemas.release.InvalidKeyFileException;
import dev.skerry.schemas.release.SigningKey;
import dev.skerry.service.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skerry model keygen}: a key that signs releases. */
@Command(
    name = "keygen",
    description = {
      "Makes a key that signs releases: NAME.key, which stays with you, and NAME.pub, which sites",
      "are to trust (inference.releases.trusted-keys)."
    },
    mixinStandardHelpOptions = true)
final class ModelKeygenCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "NAME", description = "What its files are called.")
  private String name = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write them (default: the current directory).")
  private Path directory = Path.of(".");

  @Mixin private JsonOption json = new JsonOption();

  /**
   * A key that was made, for programs.
   *
   * @param keyId names it in what it signs
   * @param key the file that signs
   * @param pub the file for sites
   */
  record Made(String keyId, String key, String pub) {}

  @Override
  public Integer call() {
    SigningKey key = SigningKey.generate();
    try {
      key.write(directory, name);
    } catch (InvalidKeyFileException e) {
      throw new SiteRefusedException(String.valueOf(e.getMessage()), e);
    }
    Made made =
        new Made(
            key.id(),
            directory.resolve(name + ".key").toString(),
            directory.resolve(name + ".pub").toString());
    json.print(
        spec,
        made,
        () -> "Key %s: %s signs, %s is for sites".formatted(made.keyId(), made.key(), made.pub()));
    return ExitCode.OK;
  }
}
