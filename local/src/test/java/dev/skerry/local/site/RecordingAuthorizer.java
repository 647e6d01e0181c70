package dev.skerry.local.site;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own authoriser, which remembers who came and what it refused. */
public final class RecordingAuthorizer extends StandardAuthorizer {

  private static final Set<String> REFUSED = ConcurrentHashMap.newKeySet();
  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext context, List<Action> actions) {
    List<AuthorizationResult> results = super.authorize(context, actions);
    SEEN.add(context.principal().getName());
    for (int i = 0; i < results.size(); i++) {
      Action action = actions.get(i);
      if (results.get(i) == AuthorizationResult.DENIED && action.logIfDenied()) {
        REFUSED.add(
            "%s: %s %s %s"
                .formatted(
                    context.principal().getName(),
                    action.operation(),
                    action.resourcePattern().resourceType(),
                    action.resourcePattern().name()));
      }
    }
    return results;
  }

  /** What was refused since the last {@link #forget}, one line each. */
  static Set<String> refused() {
    return Set.copyOf(REFUSED);
  }

  /** The names of all who asked for anything since the last {@link #forget}. */
  static Set<String> seen() {
    return Set.copyOf(SEEN);
  }

  static void forget() {
    REFUSED.clear();
    SEEN.clear();
  }
}
