package dev.skerry.local.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.local.seed.Seeding.Outcome;
import dev.skerry.schemas.Label;
import dev.skerry.schemas.catalogue.IdBlock;
import dev.skerry.schemas.serde.SchemaCatalogue;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.serde.SkerryAvroSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeding a real Apicurio Registry, run from its distribution, on a Java of its own. */
class ApicurioIT {

  private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.released();
  private static final int ALL = CATALOGUE.entries().size() + 1;
  private static final String API = "/apis/ccompat/v7";

  @TempDir Path dir;

  private Path home = Path.of("");
  private Path java = Path.of("");

  /** Before each test, so that each one that is skipped is counted. */
  @BeforeEach
  void findDistributionAndJava() {
    String unpacked = System.getProperty("skerry.apicurio.home", "");
    Optional<NewerJava> newer = NewerJava.find(21);
    skipUnless(!unpacked.isEmpty(), "it downloads 158 MB; run it with ./mvnw -Papicurio verify");
    skipUnless(
        newer.isPresent(),
        "Apicurio Registry needs a Java 21 or newer; name one with -Dskerry.newer.java=HOME");
    home = Path.of(unpacked);
    java = newer.orElseThrow().executable();
  }

  @Test
  void shouldSeedWithTheIdsOfTheCatalogueAndChangeNothingTheSecondTime() throws Exception {
    try (ApicurioProcess registry = start()) {
      Outcome first = new Seeding(CATALOGUE, false).seed(registry.url(), "");
      assertThat(first).isEqualTo(new Outcome.Seeded("Apicurio Registry", ALL, ALL));
      assertThat(new Seeding(CATALOGUE, false).seed(registry.url() + API, ""))
          .isEqualTo(new Outcome.Seeded("Apicurio Registry", ALL, 0));
      assertThatThrownBy(() -> new Seeding(CATALOGUE, true).seed(registry.url(), ""))
          .isInstanceOf(SeedFailedException.class)
          .hasMessageContaining("takes writes all the same");

      RegistryHttp client = new RegistryHttp(registry.url() + API, "");
      for (SchemaCatalogue.Entry entry : CATALOGUE.entries()) {
        assertThat(client.get("/schemas/ids/" + entry.id()).body().path("schema").asText())
            .isEqualTo(entry.schema().toString());
        assertThat(
                client
                    .get("/subjects/" + entry.subject() + "/versions/latest")
                    .body()
                    .path("id")
                    .asInt())
            .isEqualTo(entry.id());
      }
      assertThat(register(client, "orders-value", "\"string\"").body().path("id").asInt())
          .isGreaterThan(IdBlock.LAST);
      assertThat(register(client, "telemetry-value", "\"string\"").status())
          .as("FULL_TRANSITIVE is in force")
          .isEqualTo(409);
      assertServesTheSerde(registry.url() + API, client);
    }
  }

  /** At the path that docker-compose.yml names, by the protocol that Confluent's clients speak. */
  private static void assertServesTheSerde(String url, RegistryHttp client) throws Exception {
    Schema schema = SchemaBuilder.record("Order").fields().requiredLong("number").endRecord();
    GenericRecord order = new GenericRecordBuilder(schema).set("number", 7L).build();
    Map<String, Object> settings = Map.of("schema.registry.url", url);
    try (SkerryAvroSerializer<Object> writer = new SkerryAvroSerializer<>();
        SkerryAvroDeserializer<Object> reader = new SkerryAvroDeserializer<>()) {
      writer.configure(settings, /* isKey= */ false);
      reader.configure(settings, /* isKey= */ false);
      byte[] bytes = writer.serialize("purchases", order);
      assertThat(reader.deserialize("purchases", bytes)).isEqualTo(order);
      int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
      assertThat(id).isGreaterThan(IdBlock.LAST);
      assertThat(client.get("/subjects/purchases-value/versions/latest").body().path("id").asInt())
          .isEqualTo(id);

      byte[] label = writer.serialize("labels", label());
      assertThat(client.get("/subjects/labels-value/versions/latest").body().path("id").asInt())
          .isEqualTo(ByteBuffer.wrap(label, 1, Integer.BYTES).getInt());
      assertThatThrownBy(() -> writer.serialize("telemetry", order))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("telemetry-value");
    }
  }

  @Test
  void shouldRefuseARegistryWhereAClientHasRegisteredTheSchemaBefore() throws Exception {
    try (ApicurioProcess registry = start()) {
      RegistryHttp client = new RegistryHttp(registry.url() + API, "");
      String telemetry = CATALOGUE.schema(1_000_001).orElseThrow().toString();
      int id = register(client, "telemetry-value", telemetry).body().path("id").asInt();

      assertThat(new Seeding(CATALOGUE, false).seed(registry.url(), ""))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused ->
                  assertThat(refused.differences())
                      .containsExactly(
                          new Difference("telemetry-value", 1, "id 1000001", "id " + id)));
      assertThat(client.get("/subjects").body()).hasSize(1);

      client.delete("/subjects/telemetry-value");
      client.delete("/subjects/telemetry-value?permanent=true");
      assertThat(new Seeding(CATALOGUE, false).seed(registry.url(), ""))
          .as("Apicurio keeps the content of what was deleted, and its id")
          .isInstanceOfSatisfying(
              Outcome.Differs.class,
              differs ->
                  assertThat(differs.differences())
                      .anyMatch(difference -> difference.found().equals("id " + id)));
    }
  }

  private static Label label() {
    return Label.newBuilder()
        .setSampleId(new UUID(1, 2))
        .setLabel("bearing")
        .setLabelledBy("somebody")
        .setLabelledAt(Instant.EPOCH)
        .build();
  }

  private ApicurioProcess start() throws IOException {
    return ApicurioProcess.start(java, home, dir);
  }

  private static RegistryHttp.Reply register(RegistryHttp client, String subject, String schema)
      throws InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("schema", schema);
    return client.post("/subjects/" + subject + "/versions", body);
  }

  private static void skipUnless(boolean condition, String why) {
    if (!condition) {
      System.out.println("SKIPPED: seeding a real Apicurio Registry: " + why);
    }
    assumeTrue(condition, why);
  }
}
