package dev.skerry.schemas.release;

import dev.skerry.schemas.SignedStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * An Ed25519 key (RFC 8032) that signs statements. Its file is what {@code openssl genpkey
 * -algorithm ed25519} writes: PKCS #8 in PEM. Immutable.
 */
public final class SigningKey {

  static final String ALGORITHM = "Ed25519";

  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";

  private final KeyPair pair;

  private SigningKey(KeyPair pair) {
    this.pair = pair;
  }

  /** A new key. */
  public static SigningKey generate() {
    try {
      return new SigningKey(KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java from 15 on has Ed25519", e);
    }
  }

  /** Reads a key; throws {@link InvalidKeyFileException} that names the file. */
  public static SigningKey read(Path file) {
    byte[] pkcs8 =
        PemFile.read(file, PRIVATE)
            .orElseThrow(
                () -> new InvalidKeyFileException("The file " + file + " holds no private key"));
    try {
      PrivateKey key =
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
      return new SigningKey(pairOf(seed));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new InvalidKeyFileException("The file " + file + " holds no Ed25519 key", e);
    }
  }

  /** A generator makes the public key of the private one, which is all that it asks chance for. */
  private static KeyPair pairOf(byte[] seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
    generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
    return generator.generateKeyPair();
  }

  /** Bytes that are given. */
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final byte[] bytes;

    Given(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, target.length);
    }
  }

  /**
   * Writes {@code NAME.key}, which its owner alone may read, and {@code NAME.pub}, which sites get.
   *
   * @throws InvalidKeyFileException where one of them is there already
   */
  public void write(Path directory, String name) {
    Path key = directory.resolve(name + ".key");
    Path pub = directory.resolve(name + ".pub");
    if (Files.exists(key) || Files.exists(pub)) {
      throw new InvalidKeyFileException(
          "There is a key called " + name + " in " + directory + " already: choose another name");
    }
    try {
      Files.createDirectories(directory);
      Files.createFile(key, ownerOnly(directory));
      Files.writeString(
          key, PemFile.text(PRIVATE, pair.getPrivate().getEncoded()), StandardOpenOption.WRITE);
      Files.writeString(pub, PemFile.text(PUBLIC, pair.getPublic().getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException("The key cannot be written to " + directory, e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path directory) {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** The public half. */
  public PublicKeyFile publicKey() {
    return new PublicKeyFile(pair.getPublic());
  }

  /** Names the key in what it signs. */
  public String id() {
    return publicKey().id();
  }

  /** Signs a statement. */
  public SignedStatement sign(Statement statement) {
    byte[] json = statement.toJson();
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(pair.getPrivate());
      signature.update(json);
      return new SignedStatement(
          statement.kind(), ByteBuffer.wrap(json), id(), ByteBuffer.wrap(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key signs anything", e);
    }
  }
}
