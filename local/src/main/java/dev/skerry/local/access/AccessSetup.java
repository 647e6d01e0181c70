package dev.skerry.local.access;

import dev.skerry.schemas.access.KafkaUser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/**
 * Brings a broker's ACLs in line with the description: adds what is missing and takes away what
 * these users must not do. Users that it does not know are left alone.
 */
public final class AccessSetup {

  private AccessSetup() {}

  /** Grants each of the users what it is described with, and no more. */
  public static void ensure(Admin admin, Collection<KafkaUser> users) throws InterruptedException {
    Set<String> known = users.stream().map(KafkaUser::principal).collect(Collectors.toSet());
    Set<AclBinding> wanted =
        users.stream().flatMap(user -> user.bindings().stream()).collect(Collectors.toSet());
    try {
      Collection<AclBinding> present = admin.describeAcls(AclBindingFilter.ANY).values().get();
      List<AclBindingFilter> tooMuch =
          present.stream()
              .filter(acl -> known.contains(acl.entry().principal()))
              .filter(acl -> !wanted.contains(acl))
              .map(AclBinding::toFilter)
              .toList();
      Set<AclBinding> missing = new HashSet<>(wanted);
      missing.removeAll(new HashSet<>(present));
      admin.deleteAcls(tooMuch).all().get();
      admin.createAcls(new ArrayList<>(missing)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The ACLs cannot be set: " + e.getCause(), e);
    }
  }
}
