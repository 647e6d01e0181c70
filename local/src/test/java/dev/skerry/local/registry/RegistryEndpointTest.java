package dev.skerry.local.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.SchemaCatalogue;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What official clients ask for, and the codes that they tell apart. */
class RegistryEndpointTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String V1 = "application/vnd.schemaregistry.v1+json";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static RegistryEndpoint endpoint;

  @BeforeAll
  static void start() throws IOException {
    endpoint = RegistryEndpoint.start(0);
  }

  @AfterAll
  static void stop() {
    endpoint.close();
  }

  @Test
  void shouldListSubjectsAndVersions() throws Exception {
    assertThat(get("/")).isEqualTo(JSON.readTree("{}"));
    assertThat(texts(get("/subjects"))).contains("telemetry-value", "aggregates-key").isSorted();
    assertThat(texts(get("/subjects?subjectPrefix=telemetry-v&deleted=true")))
        .containsExactly("telemetry-value");
    assertThat(texts(get("/subjects?subjectPrefix=:*:telemetry-f")))
        .containsExactly("telemetry-frames-value");
    assertThat(get("/subjects?deletedOnly=true")).isEmpty();
    assertThat(get("/subjects?offset=1&limit=2")).hasSize(2);
    assertThat(get("/subjects/telemetry-value/versions?deleted=true").get(0).asInt()).isOne();
    assertThat(get("/contexts").get(0).asText()).isEqualTo(".");
    assertThat(texts(get("/schemas/types"))).containsExactly("AVRO");
    assertThat(
            get("/schemas?latestOnly=true&subjectPrefix=telemetry-value").get(0).get("id").asInt())
        .isEqualTo(1_000_001);
  }

  @Test
  void shouldGiveAVersionByNumberAndAsLatest() throws Exception {
    for (String version : List.of("1", "latest", "-1", "LATEST")) {
      JsonNode found = get("/subjects/telemetry-value/versions/" + version);
      assertThat(found.get("subject").asText()).isEqualTo("telemetry-value");
      assertThat(found.get("version").asInt()).isOne();
      assertThat(found.get("id").asInt()).isEqualTo(1_000_001);
      assertThat(parse(found.get("schema").asText())).isEqualTo(telemetry());
    }
    assertThat(parse(get("/subjects/telemetry-value/versions/1/schema").toString()))
        .isEqualTo(telemetry());
    assertThat(get("/subjects/telemetry-value/versions/1/referencedby")).isEmpty();
  }

  @Test
  void shouldSayWhatAnIdMeans() throws Exception {
    JsonNode found = get("/schemas/ids/1000001?fetchMaxId=true&subject=telemetry-value");
    assertThat(parse(found.get("schema").asText())).isEqualTo(telemetry());
    assertThat(found.get("maxId").asInt()).isGreaterThanOrEqualTo(1_000_006);
    assertThat(get("/schemas/ids/1000001").has("maxId")).isFalse();
    assertThat(parse(get("/schemas/ids/1000001/schema").toString())).isEqualTo(telemetry());
    assertThat(texts(get("/schemas/ids/1000001/subjects")))
        .contains("telemetry-value", "telemetry-frames-value")
        .doesNotContain("detections-value");
    assertThat(get("/schemas/ids/1000001/versions?subject=telemetry-value").toString())
        .isEqualTo("[{\"subject\":\"telemetry-value\",\"version\":1}]");
    assertError(404, 40403, send("GET", "/schemas/ids/7", ""));
    assertError(404, 40403, send("GET", "/schemas/ids/7/versions", ""));
    assertError(404, 404, send("GET", "/schemas/ids/seven", ""));
  }

  @Test
  void shouldServeEveryEntryOfTheCatalogue() throws Exception {
    for (SchemaCatalogue.Entry entry : SchemaCatalogue.released().entries()) {
      String version = "/subjects/" + entry.subject() + "/versions/" + entry.version();
      assertThat(get(version).get("id").asInt()).isEqualTo(entry.id());
      assertThat(get("/schemas/ids/" + entry.id()).get("schema").asText())
          .isEqualTo(entry.schema().toString());
    }
  }

  @Test
  void shouldTellMissingThingsApart() throws Exception {
    assertError(404, 40401, send("GET", "/subjects/no/versions", ""));
    assertError(404, 40401, send("GET", "/subjects/no/versions/1", ""));
    assertError(404, 40402, send("GET", "/subjects/telemetry-value/versions/99", ""));
    assertError(422, 42202, send("GET", "/subjects/telemetry-value/versions/0", ""));
    assertError(422, 42202, send("GET", "/subjects/telemetry-value/versions/first", ""));
    assertError(404, 404, send("GET", "/nothing", ""));
    assertError(404, 404, send("GET", "/subjects/telemetry-value/nothing", ""));
    assertThat(send("GET", "/associations/resources/-/telemetry", "").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldFindASchemaUnderItsSubjectEvenWithoutItsDocumentation() throws Exception {
    JsonNode found = ok(send("POST", "/subjects/telemetry-value", body(telemetry().toString())));
    assertThat(found.get("id").asInt()).isEqualTo(1_000_001);
    assertThat(found.get("version").asInt()).isOne();
    String generated = body(Telemetry.SCHEMA$.toString());
    assertThat(ok(send("POST", "/subjects/telemetry-value", generated)).get("version").asInt())
        .isOne();
    String bare = telemetry().toString().replaceAll(",\"doc\":\"(?:[^\"\\\\]|\\\\.)*\"", "");
    assertThat(bare).doesNotContain("\"doc\"");
    assertThat(
            ok(send("POST", "/subjects/telemetry-value?normalize=true&deleted=false", body(bare)))
                .get("id")
                .asInt())
        .isEqualTo(1_000_001);
    assertError(404, 40401, send("POST", "/subjects/no", body(bare)));
    assertError(
        404, 40403, send("POST", "/subjects/telemetry-value", body(Detection.SCHEMA$.toString())));
  }

  @Test
  void shouldRegisterWhatIsThereAndRefuseWhatIsNot() throws Exception {
    String telemetry = body(telemetry().toString());
    String versions = "/subjects/telemetry-value/versions";
    assertThat(ok(send("POST", versions + "?normalize=false", telemetry)).toString())
        .isEqualTo("{\"id\":1000001}");
    assertReadOnly(send("POST", versions, body(Detection.SCHEMA$.toString())));
    assertReadOnly(send("POST", "/subjects/mine-value/versions", telemetry));
    assertReadOnly(send("POST", versions, telemetry.replaceFirst("\\{", "{\"id\":5,")));
    assertReadOnly(send("DELETE", "/subjects/telemetry-value", ""));
    assertReadOnly(send("DELETE", versions + "/1", ""));
    assertReadOnly(send("PUT", "/config/telemetry-value", "{\"compatibility\":\"NONE\"}"));
    assertReadOnly(send("DELETE", "/config/telemetry-value", ""));
    assertError(422, 42205, send("PUT", "/mode", "{\"mode\":\"READWRITE\"}"));
    assertError(
        422, 42205, send("PUT", "/mode/telemetry-value?force=true", "{\"mode\":\"IMPORT\"}"));
    assertError(405, 405, send("PUT", "/subjects/telemetry-value", ""));
    assertError(405, 405, send("POST", "/mode", "{}"));
    assertError(405, 405, send("DELETE", "/schemas/ids/1000001", ""));
  }

  @Test
  void shouldRefuseRubbish() throws Exception {
    for (String schema : List.of("", "{", "{\"type\":\"no\"}", "{\"type\":\"record\"}")) {
      assertError(422, 42201, send("POST", "/subjects/telemetry-value/versions", body(schema)));
      assertError(422, 42201, send("POST", "/subjects/telemetry-value", body(schema)));
    }
    assertError(422, 42201, send("POST", "/subjects/telemetry-value", "{}"));
    assertError(
        422,
        42201,
        send("POST", "/subjects/telemetry-value", "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}"));
    assertError(400, 400, send("POST", "/subjects/telemetry-value", "rubbish"));
    assertError(400, 400, send("POST", "/subjects/telemetry-value", "[1]"));
  }

  @Test
  void shouldTellConfigurationAndMode() throws Exception {
    assertThat(get("/config").get("compatibilityLevel").asText()).isEqualTo("FULL_TRANSITIVE");
    assertThat(get("/config/telemetry-value").get("compatibilityLevel").asText())
        .isEqualTo("FULL_TRANSITIVE");
    assertThat(get("/mode").get("mode").asText()).isEqualTo("READONLY");
    assertThat(get("/mode/telemetry-value").get("mode").asText()).isEqualTo("READONLY");
    assertThat(get("/config/no?defaultToGlobal=true").get("compatibilityLevel").asText())
        .isEqualTo("FULL_TRANSITIVE");
    assertError(404, 40408, send("GET", "/config/no", ""));
    assertError(404, 40409, send("GET", "/mode/no", ""));
  }

  @Test
  void shouldCheckCompatibilityInBothDirections() throws Exception {
    String check = "/compatibility/subjects/telemetry-value/versions";
    String same = body(telemetry().toString());
    assertThat(ok(send("POST", check + "/latest", same)).toString())
        .isEqualTo("{\"is_compatible\":true}");
    assertThat(ok(send("POST", check, same)).get("is_compatible").asBoolean()).isTrue();
    JsonNode verdict =
        ok(send("POST", check + "/1?verbose=true", body(Detection.SCHEMA$.toString())));
    assertThat(verdict.get("is_compatible").asBoolean()).isFalse();
    assertThat(verdict.get("messages").toString())
        .contains("new cannot read old", "old cannot read new");
    assertError(404, 40402, send("POST", check + "/99", same));
    assertError(422, 42202, send("POST", check + "/zero", same));
    assertError(422, 42201, send("POST", check + "/1", body("{")));
    assertThat(
            ok(send("POST", "/compatibility/subjects/no/versions/latest", same))
                .get("is_compatible")
                .asBoolean())
        .isTrue();
  }

  @Test
  void shouldTakeEncodedAndQualifiedSubjectNames() throws Exception {
    assertThat(get("/subjects/telemetry%2Dvalue/versions/1").get("version").asInt()).isOne();
    assertThat(get("/subjects/:.:telemetry-value/versions/1").get("version").asInt()).isOne();
    HttpResponse<String> slash = send("GET", "/subjects/a%2Fb%20c+d/versions", "");
    assertError(404, 40401, slash);
    assertThat(slash.body()).contains("'a/b c+d'");
  }

  @Test
  void shouldNegotiateContentTypesLikeAnyRegistry() throws Exception {
    for (String accept : List.of(V1, "application/json", "text/html, */*;q=0.8", "application/*")) {
      HttpResponse<String> answer =
          HTTP.send(request("/mode").header("Accept", accept).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains(V1);
    }
    assertError(
        406,
        406,
        HTTP.send(request("/mode").header("Accept", "text/html").build(), BodyHandlers.ofString()));
    for (String type : List.of(V1, "application/json; charset=utf-8", "application/octet-stream")) {
      assertThat(post(type, body(telemetry().toString())).statusCode()).isEqualTo(200);
    }
    assertError(415, 415, post("text/xml", "<schema/>"));
  }

  @Test
  void shouldAnswerHeadWithoutABodyAndRefuseBodiesThatAreTooLarge() throws Exception {
    HttpResponse<String> head =
        HTTP.send(
            request("/subjects").method("HEAD", BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length")).isPresent();
    String large = body("x".repeat(1 << 20));
    assertError(413, 413, send("POST", "/subjects/telemetry-value", large));
  }

  @Test
  void shouldNotStartOnAPortThatIsTaken() {
    int taken = URI.create(endpoint.url()).getPort();
    assertThatThrownBy(() -> RegistryEndpoint.start(taken)).isInstanceOf(BindException.class);
  }

  private static Schema telemetry() {
    return SchemaCatalogue.released().schema(1_000_001).orElseThrow();
  }

  private static Schema parse(String text) {
    return new Schema.Parser().parse(text);
  }

  private static List<String> texts(JsonNode list) {
    return JSON.convertValue(
        list, JSON.getTypeFactory().constructCollectionType(List.class, String.class));
  }

  private static String body(String schema) {
    return JSON.createObjectNode().put("schema", schema).toString();
  }

  private static JsonNode get(String path) throws Exception {
    return ok(send("GET", path, ""));
  }

  private static JsonNode ok(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static void assertReadOnly(HttpResponse<String> answer) throws IOException {
    assertError(422, 42205, answer);
    assertThat(answer.body()).contains("in context . is in read-only mode");
  }

  private static void assertError(int status, int code, HttpResponse<String> answer)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode error = JSON.readTree(answer.body());
    assertThat(error.get("error_code").asInt()).as(answer.body()).isEqualTo(code);
    assertThat(error.get("message").asText()).isNotBlank();
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    HttpRequest.BodyPublisher publisher =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest request =
        request(path).header("Content-Type", V1).method(method, publisher).build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String contentType, String body) throws Exception {
    HttpRequest request =
        request("/subjects/telemetry-value")
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(endpoint.url() + path));
  }
}
