package dev.skerry.local.registry;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The content types that are spoken here, as HTTP headers name them. */
final class MediaTypes {

  static final String REGISTRY_V1 = "application/vnd.schemaregistry.v1+json";

  private static final Set<String> JSON =
      Set.of(REGISTRY_V1, "application/vnd.schemaregistry+json", "application/json");

  private static final Set<String> ANY = Set.of("*/*", "application/*");

  /** What some clients call a body whose type they do not know. */
  private static final String UNKNOWN = "application/octet-stream";

  private MediaTypes() {}

  /** Whether a client that sent these Accept headers, if any, takes JSON. */
  static boolean acceptable(@Nullable List<String> accept) {
    return accept == null
        || accept.stream()
            .flatMap(header -> Stream.of(header.split(",", -1)))
            .map(MediaTypes::bare)
            .anyMatch(type -> JSON.contains(type) || ANY.contains(type));
  }

  /** Whether a body of this type, where one is named, is read as JSON. */
  static boolean readable(@Nullable String contentType) {
    return contentType == null
        || JSON.contains(bare(contentType))
        || bare(contentType).equals(UNKNOWN);
  }

  private static String bare(String header) {
    int parameters = header.indexOf(';');
    String type = parameters < 0 ? header : header.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }
}
