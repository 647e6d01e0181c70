package dev.skerry.schemas.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Users as the tables that {@code docs/security.md} shows. */
public final class UserTable {

  private static final String HEAD =
      """
      | user | may |
      |---|---|
      """;

  private UserTable() {}

  /** A row for each user. */
  public static String markdown(List<KafkaUser> users) {
    return users.stream().map(UserTable::row).collect(Collectors.joining("", HEAD, ""));
  }

  private static String row(KafkaUser user) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Grant grant : user.grants()) {
      String what = String.join(", ", grant.operationNames()) + " " + grant.resourceType();
      names.merge(what, name(grant), (one, more) -> one + ", " + more);
    }
    String may =
        names.entrySet().stream()
            .map(same -> same.getKey() + " " + same.getValue())
            .collect(Collectors.joining("; "));
    return "| `%s`: %s | %s |%n".formatted(user.name(), user.purpose(), may);
  }

  private static String name(Grant grant) {
    return "`" + grant.describeName() + "`";
  }
}
