package dev.skerry.local.seed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * Calls of a registry under one address, with basic authentication where a user is given.
 * Thread-safe.
 */
final class RegistryHttp {

  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String JSON_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final String base;
  private final String userInfo;

  /**
   * What came back.
   *
   * @param body missing where it is no JSON
   */
  record Reply(String call, int status, JsonNode body) {

    boolean isOk() {
      return status / 100 == 2;
    }

    /** The reply in words, with the registry's own code and message where it gave any. */
    String describe() {
      String message = body.path("message").asText("");
      return call
          + " answered "
          + status
          + (body.has("error_code") ? "/" + body.path("error_code").asText() : "")
          + (message.isEmpty() ? "" : " (" + message + ")");
    }

    Reply orThrow() {
      if (!isOk()) {
        throw new SeedFailedException(describe());
      }
      return this;
    }
  }

  /**
   * Calls under an address.
   *
   * @param userInfo {@code user:password}, empty for none
   */
  RegistryHttp(String base, String userInfo) {
    this(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_PATIENCE)
            .build(),
        base,
        userInfo);
  }

  private RegistryHttp(HttpClient client, String base, String userInfo) {
    this.client = client;
    this.base = base.replaceFirst("/+$", "");
    this.userInfo = userInfo;
  }

  /** The same registry at another address. */
  RegistryHttp at(String otherBase) {
    return new RegistryHttp(client, otherBase, userInfo);
  }

  String base() {
    return base;
  }

  Reply get(String path) throws InterruptedException {
    return send("GET", path, JSON_TYPE, BodyPublishers.noBody());
  }

  Reply delete(String path) throws InterruptedException {
    return send("DELETE", path, JSON_TYPE, BodyPublishers.noBody());
  }

  Reply put(String path, JsonNode body) throws InterruptedException {
    return send("PUT", path, JSON_TYPE, BodyPublishers.ofString(body.toString()));
  }

  Reply post(String path, JsonNode body) throws InterruptedException {
    return send("POST", path, JSON_TYPE, BodyPublishers.ofString(body.toString()));
  }

  Reply postZip(String path, byte[] zip) throws InterruptedException {
    return send("POST", path, "application/zip", BodyPublishers.ofByteArray(zip));
  }

  /** A name as one segment of a path. */
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Reply send(String method, String path, String contentType, BodyPublisher body)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json, */*;q=0.1")
            .header("Content-Type", contentType)
            .method(method, body);
    if (contentType.equals("application/zip")) {
      // Apicurio: take the ids of schemas as they are, and number the rest itself.
      request.header("X-Registry-Preserve-ContentId", "true");
      request.header("X-Registry-Preserve-GlobalId", "false");
    }
    if (!userInfo.isEmpty()) {
      byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Reply(method + " " + path, response.statusCode(), parse(response.body()));
    } catch (IOException e) {
      throw new SeedFailedException(
          "The registry at " + base + " does not answer " + method + " " + path + ": " + e, e);
    }
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // A page of a proxy, for example; its status says enough.
    }
  }
}
