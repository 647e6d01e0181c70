package dev.skerry.schemas.release;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * A public Ed25519 key, whose file is what {@code openssl pkey -pubout} writes. Immutable.
 *
 * @param key of Ed25519
 */
public record PublicKeyFile(PublicKey key) {

  private static final int ID_BYTES = 8;

  /** Reads a key; throws {@link InvalidKeyFileException} that names the file. */
  public static PublicKeyFile read(Path file) {
    byte[] encoded =
        PemFile.read(file, "PUBLIC KEY")
            .orElseThrow(
                () -> new InvalidKeyFileException("The file " + file + " holds no public key"));
    try {
      return new PublicKeyFile(
          KeyFactory.getInstance(SigningKey.ALGORITHM)
              .generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      throw new InvalidKeyFileException("The file " + file + " holds no Ed25519 key", e);
    }
  }

  /** The first half of the key's SHA-256, in 16 hexadecimal digits. */
  public String id() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether this key made the signature of these bytes. */
  boolean hasSigned(byte[] bytes, byte[] signature) {
    try {
      Signature check = Signature.getInstance(SigningKey.ALGORITHM);
      check.initVerify(key);
      check.update(bytes);
      return check.verify(signature);
    } catch (SignatureException e) {
      return false; // Not even of a signature's form.
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key checks anything", e);
    }
  }
}
