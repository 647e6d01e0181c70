package dev.skerry.ingest.auth;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The device that a certificate is made out to: the one common name of its subject. */
final class CertificateDevice {

  private CertificateDevice() {}

  static Optional<String> of(X509Certificate certificate) {
    return named(certificate.getSubjectX500Principal().getName());
  }

  static Optional<String> named(String subject) {
    try {
      List<String> names =
          new LdapName(subject)
              .getRdns().stream()
                  .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                  .map(Rdn::getValue)
                  .filter(String.class::isInstance)
                  .map(String.class::cast)
                  .filter(name -> !name.isBlank())
                  .toList();
      return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    } catch (InvalidNameException e) {
      return Optional.empty(); // The subject is no name at all, so it names no device.
    }
  }
}
