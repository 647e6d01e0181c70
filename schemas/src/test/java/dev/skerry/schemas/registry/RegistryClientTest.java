package dev.skerry.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegistryClientTest {

  private static final String POINT =
      "{\"type\":\"record\",\"name\":\"Point\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}";
  private static final String TEXT = "\"string\"";

  private final FakeRegistry registry = FakeRegistry.start();
  private final FakeRegistry other = FakeRegistry.start();
  private final AtomicLong nanos = new AtomicLong();

  @AfterEach
  void close() {
    registry.close();
    other.close();
  }

  @Test
  void shouldMakeTheCallsOfTheProtocol() {
    RegistryClient client = client(registry.url());

    assertThat(client.register("a/b c-value", POINT, true)).isEqualTo(new Answer.Known<>(1));
    assertThat(client.register("s", POINT, false)).isEqualTo(new Answer.Known<>(2));
    assertThat(client.lookUp("s", POINT, true)).isEqualTo(new Answer.Known<>(2));
    assertThat(client.schema(1)).isEqualTo(new Answer.Known<>(new Schema.Parser().parse(POINT)));
    assertThat(client.latest("s"))
        .isEqualTo(
            new Answer.Known<>(new RegistryClient.Version(2, new Schema.Parser().parse(POINT))));
    assertThat(registry.requests())
        .containsExactly(
            "POST /subjects/a%2Fb%20c-value/versions?normalize=true",
            "POST /subjects/s/versions?normalize=false",
            "POST /subjects/s?normalize=true&deleted=false",
            "GET /schemas/ids/1",
            "GET /subjects/s/versions/latest");
  }

  @Test
  void shouldTellWhatIsAbsentFromWhatIsRefused() {
    RegistryClient client = client(registry.url());

    assertThat(client.schema(7)).isEqualTo(absent("Schema not found", 40403));
    assertThat(client.latest("s")).isEqualTo(absent("Subject not found", 40401));
    registry.answer(404, "{\"error_code\":40402,\"message\":\"Version not found\"}");
    assertThat(client.latest("s")).isEqualTo(absent("Version not found", 40402));
    for (int code : new int[] {409, 42201, 42203, 42205}) {
      registry.answer(code == 409 ? 409 : 422, "{\"error_code\":" + code + ",\"message\":\"no\"}");
      assertThat(client.register("s", TEXT, false))
          .isEqualTo(new Answer.Refused<>(code, "no (error code " + code + ")"));
    }
  }

  static Stream<Arguments> rubbish() {
    return Stream.of(
        Arguments.of(200, "<html>Welcome</html>", "not JSON"),
        Arguments.of(200, "{\"schema\": \"\\\"str", "not JSON"),
        Arguments.of(200, "", "not JSON"),
        Arguments.of(200, "42", "not JSON"),
        Arguments.of(200, "[".repeat(100_000), "not JSON"),
        Arguments.of(200, "{}", "has no schema"),
        Arguments.of(200, "[]", "has no schema"),
        Arguments.of(200, "{\"schema\": 7}", "has no schema"),
        Arguments.of(404, "<html>wrong server</html>", "HTTP status 404"),
        Arguments.of(404, "{\"error\": \"Not Found\"}", "HTTP status 404"),
        Arguments.of(400, "{\"error_code\": \"x\"}", "HTTP status 400"),
        Arguments.of(408, "{\"error_code\": 408}", "HTTP status 408"),
        Arguments.of(429, "{\"error_code\": 42901}", "HTTP status 429"),
        Arguments.of(500, "{\"error_code\": 50001}", "HTTP status 500"),
        Arguments.of(503, "", "HTTP status 503"),
        Arguments.of(401, "{\"error_code\": 40101}", "refuses the credentials"),
        Arguments.of(403, "", "refuses the credentials"));
  }

  @ParameterizedTest
  @MethodSource("rubbish")
  void shouldTakeRubbishForNoAnswer(int status, String body, String why) {
    registry.answer(status, body);
    assertThat(client(registry.url()).schema(1))
        .isInstanceOfSatisfying(Answer.Away.class, away -> assertThat(away.detail()).contains(why));
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
        Arguments.of("{\"schemaType\":\"PROTOBUF\",\"schema\":\"message M {}\"}", "PROTOBUF"),
        Arguments.of("{\"schema\":\"message M {}\"}", "cannot be parsed"),
        Arguments.of("{\"schema\":\"{}\"}", "cannot be parsed"),
        Arguments.of("{\"schema\":\"\"}", "cannot be parsed"),
        Arguments.of("{\"schema\":\"{\\\"type\\\":\\\"Missing\\\"}\"}", "cannot be parsed"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void shouldSayThatASchemaCannotBeUsed(String answer, String why) {
    registry.putAnswer(1, answer);
    assertThat(client(registry.url()).schema(1))
        .isInstanceOfSatisfying(
            Answer.Unusable.class, unusable -> assertThat(unusable.detail()).contains(why));
  }

  @Test
  void shouldNotFollowRedirectsNorCarryCredentialsElsewhere() {
    registry.answer(
        exchange -> {
          exchange.getResponseHeaders().set("Location", other.url() + exchange.getRequestURI());
          FakeRegistry.send(exchange, 307, "");
        });
    assertThat(client(registry.url()).schema(1)).isInstanceOf(Answer.Away.class);
    assertThat(other.requests()).isEmpty();
  }

  @Test
  void shouldRefuseABodyThatWouldFillTheMemory() {
    registry.answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = new byte[1 << 16];
          try (OutputStream body = exchange.getResponseBody()) {
            for (int i = 0; i < 1 << 14; i++) {
              body.write(block);
            }
          } catch (IOException e) {
            exchange.close(); // The client has hung up, as it should.
          }
        });
    assertThat(client(registry.url(), Map.of("http.read.timeout.ms", "60000")).schema(1))
        .isInstanceOfSatisfying(
            Answer.Away.class, away -> assertThat(away.detail()).contains("more than"));
  }

  @Test
  void shouldGiveUpABlackHoleAfterItsTimeoutAndThenLeaveItAlone() throws IOException {
    try (ServerSocket blackHole = new ServerSocket(0)) {
      RegistryClient client =
          client(
              "http://127.0.0.1:" + blackHole.getLocalPort(),
              Map.of("http.read.timeout.ms", "150"));
      long begin = System.nanoTime();
      for (int id = 0; id < 200; id++) {
        assertThat(client.schema(id)).isInstanceOf(Answer.Away.class);
      }
      assertThat(System.nanoTime() - begin).as("one time-out, not 200").isLessThan(15_000_000_000L);
    }
  }

  @Test
  void shouldGiveUpAnAnswerThatTricklesIn() {
    registry.answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush(); // And never more: closed with the server.
        });
    assertThat(client(registry.url(), Map.of("http.read.timeout.ms", "150")).schema(1))
        .isInstanceOfSatisfying(
            Answer.Away.class, away -> assertThat(away.detail()).contains("within 150 ms"));
  }

  @Test
  void shouldGoOnToTheNextUrlAndStayThere() {
    other.put(1, TEXT);
    other.put(2, TEXT);
    registry.answer(500, "");
    RegistryClient client = client("http://127.0.0.1:1," + registry.url() + "," + other.url());

    assertThat(client.schema(1)).isInstanceOf(Answer.Known.class);
    nanos.addAndGet(3_600_000_000_000L);
    assertThat(client.schema(2)).isInstanceOf(Answer.Known.class);
    assertThat(registry.requests()).hasSize(1);
    assertThat(other.requests()).hasSize(2);

    other.close();
    registry.answerProperly();
    registry.put(3, TEXT);
    assertThat(client.schema(3)).isInstanceOf(Answer.Known.class);
  }

  @Test
  void shouldAskAFailedRegistryAgainAfterABackOffThatDoubles() {
    registry.answer(503, "");
    RegistryClient client =
        client(registry.url(), Map.of("retries.wait.ms", "1000", "retries.max.wait.ms", "3000"));
    client.schema(1);
    for (long waitMillis : new long[] {1000, 2000, 3000, 3000}) {
      int before = registry.requests().size();
      nanos.addAndGet((waitMillis - 1) * 1_000_000);
      assertThat(client.schema(1)).isInstanceOf(Answer.Away.class);
      assertThat(registry.requests()).hasSize(before);
      nanos.addAndGet(1_000_000);
      assertThat(client.schema(1)).isInstanceOf(Answer.Away.class);
      assertThat(registry.requests()).hasSize(before + 1);
    }
    registry.answerProperly();
    registry.put(1, TEXT);
    nanos.addAndGet(3_000_000_000L);
    assertThat(client.schema(1)).isInstanceOf(Answer.Known.class);
  }

  @Test
  void shouldReadASchemaTogetherWithThoseThatItRefersTo() {
    registry.register("points", POINT);
    registry.putAnswer(
        9,
        """
        {"schema": "{\\"type\\":\\"array\\",\\"items\\":\\"Point\\"}",
         "references": [{"name": "Point", "subject": "points", "version": 1}]}""");
    assertThat(client(registry.url()).schema(9))
        .isEqualTo(new Answer.Known<>(Schema.createArray(new Schema.Parser().parse(POINT))));
  }

  @Test
  void shouldNotFollowReferencesForEver() {
    registry.answer(
        200,
        """
        {"schema": "{\\"type\\":\\"array\\",\\"items\\":\\"A\\"}",
         "references": [{"name": "A", "subject": "a", "version": 1}]}""");
    assertThat(client(registry.url()).schema(9)).isInstanceOf(Answer.Unusable.class);
    assertThat(registry.requests()).hasSize(101);
  }

  @Test
  void shouldSendTheCredentialsThatTheSettingsName() {
    String host = "127.0.0.1:" + registry.port();
    registry.put(1, TEXT);
    client("http://edge:s%20t@" + host).schema(1);
    client(
            registry.url(),
            Map.of(
                "basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "cloud:xyz"))
        .schema(1);
    client(
            registry.url(),
            Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "abc"))
        .schema(1);
    client(registry.url()).schema(1);
    assertThat(registry.authorizations())
        .containsExactly(
            Optional.of("Basic ZWRnZTpzIHQ="),
            Optional.of("Basic Y2xvdWQ6eHl6"),
            Optional.of("Bearer abc"),
            Optional.empty());
  }

  private static Answer<?> absent(String message, int code) {
    return new Answer.Absent<>(message + " (error code " + code + ")");
  }

  private RegistryClient client(String urls) {
    return client(urls, Map.of());
  }

  private RegistryClient client(String urls, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("schema.registry.url", urls);
    return new RegistryClient(RegistryConfig.of(settings).orElseThrow(), nanos::get);
  }
}
