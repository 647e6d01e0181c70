package dev.skerry.schemas.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * One base URL of a registry. Immutable.
 *
 * @param base without a slash at the end and without credentials
 * @param authorization the header's value
 */
public record Endpoint(URI base, Optional<String> authorization) {

  /** From one URL of {@code schema.registry.url}, with the credentials that it may hold. */
  static Endpoint of(String url) {
    try {
      URI given = new URI(url.replaceAll("/+$", ""));
      boolean http = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
      if (!http || given.getHost() == null) {
        throw notAUrl(withoutUserInfo(url), "it is no http:// or https:// URL with a host");
      }
      URI base =
          new URI(
              given.getScheme(),
              null,
              given.getHost(),
              given.getPort(),
              given.getPath(),
              null,
              null);
      return new Endpoint(base, Optional.ofNullable(given.getUserInfo()).map(Endpoint::basic));
    } catch (URISyntaxException e) {
      throw notAUrl(withoutUserInfo(url), e.getReason());
    }
  }

  Endpoint withAuthorization(String value) {
    return new Endpoint(base, Optional.of(value));
  }

  URI resolve(String pathAndQuery) {
    return URI.create(base + pathAndQuery);
  }

  static String basic(String userInfo) {
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private static ConfigException notAUrl(String url, String why) {
    return new ConfigException(RegistryConfig.URL, url, why);
  }

  private static String withoutUserInfo(String url) {
    return url.replaceAll("//[^/@]*@", "//");
  }

  /** Without the credentials: it stands in logs. */
  @Override
  public String toString() {
    return base.toString();
  }
}
