package dev.skerry.local.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes keys on P-256 and the certificates for them. */
final class X509 {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SERIAL_BITS = 127;

  private X509() {}

  /**
   * What stands in a certificate besides its key.
   *
   * @param commonName of the subject, which has nothing else
   * @param notBefore when it begins to be valid
   * @param notAfter when it ends
   */
  record Subject(String commonName, Instant notBefore, Instant notAfter) {

    X500Name name() {
      return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
    }
  }

  static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }

  /** An authority's, signed by itself; it may sign nothing but ends of chains. */
  static X509Certificate authority(Subject subject, KeyPair key) throws GeneralSecurityException {
    try {
      JcaX509v3CertificateBuilder builder = builder(subject.name(), subject, key.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return signed(builder, key.getPrivate());
    } catch (CertIOException e) {
      throw new GeneralSecurityException("The certificate of an authority cannot be made", e);
    }
  }

  /** One for a client or a server on this machine. */
  static X509Certificate end(
      Subject subject, PublicKey key, String authority, PrivateKey authoritysKey)
      throws GeneralSecurityException {
    X500Name issuer = new Subject(authority, Instant.EPOCH, Instant.EPOCH).name();
    try {
      JcaX509v3CertificateBuilder builder = builder(issuer, subject, key);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth}));
      builder.addExtension(Extension.subjectAlternativeName, false, thisMachine());
      return signed(builder, authoritysKey);
    } catch (CertIOException e) {
      throw new GeneralSecurityException("The certificate of " + subject + " cannot be made", e);
    }
  }

  private static GeneralNames thisMachine() {
    return new GeneralNames(
        new GeneralName[] {
          new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
          new GeneralName(GeneralName.dNSName, "localhost")
        });
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, Subject subject, PublicKey key) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, RANDOM).setBit(0), // Never 0, which RFC 5280 forbids.
        Date.from(subject.notBefore()),
        Date.from(subject.notAfter()),
        subject.name(),
        key);
  }

  private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("A certificate cannot be signed", e);
    }
  }
}
