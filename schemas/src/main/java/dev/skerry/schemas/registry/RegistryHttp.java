package dev.skerry.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Requests to a registry with several base URLs: the one that answered last is asked first, one
 * that failed is left alone for a while, and where all are left alone the answer comes at once.
 * Redirects are not followed: they would carry the credentials elsewhere. Thread-safe; one request
 * at a time.
 */
final class RegistryHttp {

  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final Duration timeout;
  private final List<Upstream> upstreams;
  private int first;

  RegistryHttp(RegistryConfig config, LongSupplier nanoClock) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.connectTimeout());
    config.tls().ifPresent(builder::sslContext);
    this.client = builder.build();
    this.timeout = config.readTimeout();
    this.upstreams =
        config.endpoints().stream()
            .map(
                endpoint ->
                    new Upstream(endpoint, config.backoff(), config.maxBackoff(), nanoClock))
            .toList();
  }

  Reply get(String pathAndQuery) {
    return send(pathAndQuery, Optional.empty());
  }

  Reply post(String pathAndQuery, JsonNode body) {
    return send(pathAndQuery, Optional.of(body.toString()));
  }

  private synchronized Reply send(String pathAndQuery, Optional<String> body) {
    StringJoiner reasons = new StringJoiner("; ");
    for (int i = 0; i < upstreams.size(); i++) {
      int index = (first + i) % upstreams.size();
      Upstream upstream = upstreams.get(index);
      if (!upstream.isDue()) {
        reasons.add(upstream.problem());
        continue;
      }
      Reply reply = exchange(upstream.endpoint(), pathAndQuery, body);
      if (reply instanceof Reply.Silence silence) {
        upstream.failed(silence.reason());
        reasons.add(upstream.problem());
      } else {
        upstream.answered();
        first = index;
        return reply;
      }
    }
    return new Reply.Silence(reasons.toString());
  }

  private Reply exchange(Endpoint endpoint, String pathAndQuery, Optional<String> body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(pathAndQuery))
            .timeout(timeout)
            .header("Accept", CONTENT_TYPE + ", application/json");
    endpoint.authorization().ifPresent(value -> request.header("Authorization", value));
    body.ifPresent(
        text -> request.header("Content-Type", CONTENT_TYPE).POST(BodyPublishers.ofString(text)));
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(request.build(), info -> new BoundedBody());
    try {
      return read(response.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      response.cancel(true);
      return new Reply.Silence("no answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new Reply.Silence(cause.toString());
    } catch (InterruptedException e) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      return new Reply.Silence("interrupted");
    }
  }

  private static Reply read(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    Optional<JsonNode> body = parse(response.body());
    if (status / 100 == 2) {
      return body.<Reply>map(Reply.Done::new)
          .orElseGet(() -> new Reply.Silence("it answered with something that is not JSON"));
    }
    if (status == 401 || status == 403) {
      return new Reply.Silence("it refuses the credentials (HTTP " + status + ")");
    }
    boolean lasting = status / 100 == 4 && status != 408 && status != 429;
    Optional<JsonNode> code =
        body.map(json -> json.path("error_code")).filter(JsonNode::canConvertToInt);
    if (lasting && code.isPresent()) {
      return new Reply.Denied(
          code.get().intValue(), body.get().path("message").asText("no message"));
    }
    return new Reply.Silence("it answered with HTTP status " + status);
  }

  private static Optional<JsonNode> parse(byte[] bytes) {
    try {
      return Optional.ofNullable(JSON.readTree(bytes)).filter(JsonNode::isContainerNode);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be read", e);
    }
  }
}
