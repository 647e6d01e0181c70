package dev.skerry.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class SchemaCatalogueTest {

  private final SchemaCatalogue catalogue = SchemaCatalogue.released();

  @Test
  void shouldHaveASubjectForEachSchemaOfEachTopic() {
    List<String> expected = new ArrayList<>();
    for (Topic topic : Topics.all()) {
      topic.key().ifPresent(key -> expected.add(topic.name() + "-key"));
      expected.add(topic.name() + "-value");
    }
    assertThat(catalogue.entries())
        .extracting(SchemaCatalogue.Entry::subject)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldReleaseWhatTheClassesWereGeneratedFrom() {
    for (Topic topic : Topics.all()) {
      assertThat(canonical(latest(topic.name() + "-value")))
          .as(topic.name())
          .isEqualTo(canonical(schemaOf(topic.value())));
      topic
          .key()
          .ifPresent(
              key ->
                  assertThat(canonical(latest(topic.name() + "-key")))
                      .as(topic.name())
                      .isEqualTo(canonical(schemaOf(key))));
    }
  }

  @Test
  void shouldMeanOneSchemaByOneIdFromTheReservedBlock() {
    Map<Integer, String> fileById = new HashMap<>();
    for (SchemaCatalogue.Entry entry : catalogue.entries()) {
      assertThat(entry.id()).isGreaterThanOrEqualTo(SchemaCatalogue.FIRST_ID);
      String other = fileById.putIfAbsent(entry.id(), entry.file());
      assertThat(other == null ? entry.file() : other).isEqualTo(entry.file());
    }
    assertThat(fileById.values()).doesNotHaveDuplicates();
  }

  @Test
  void shouldDocumentEveryField() {
    for (SchemaCatalogue.Entry entry : catalogue.entries()) {
      assertDocumented(entry.schema());
    }
  }

  private static void assertDocumented(Schema schema) {
    switch (schema.getType()) {
      case RECORD -> {
        assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
        for (Schema.Field field : schema.getFields()) {
          assertThat(field.doc()).as(schema.getName() + "." + field.name()).isNotBlank();
          assertDocumented(field.schema());
        }
      }
      case ARRAY -> assertDocumented(schema.getElementType());
      case MAP -> assertDocumented(schema.getValueType());
      case UNION -> schema.getTypes().forEach(SchemaCatalogueTest::assertDocumented);
      case ENUM -> {
        assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
        assertThat(schema.getEnumDefault()).as(schema.getFullName()).isEqualTo("UNKNOWN");
      }
      default -> assertThat(schema.getType()).isNotNull();
    }
  }

  private Schema latest(String subject) {
    return catalogue.entries().stream()
        .filter(entry -> entry.subject().equals(subject))
        .reduce((older, newer) -> newer.version() > older.version() ? newer : older)
        .orElseThrow()
        .schema();
  }

  private static Schema schemaOf(Class<? extends SpecificRecord> type) {
    return SpecificData.get().getSchema(type);
  }

  private static String canonical(Schema schema) {
    return SchemaNormalization.toParsingForm(schema);
  }
}
