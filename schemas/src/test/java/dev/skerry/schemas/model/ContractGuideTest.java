package dev.skerry.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guide's tables have every field of a contract and no other. */
class ContractGuideTest {

  /** Explained in the row of the field that holds them. */
  private static final Set<Class<?>> INLINE =
      Set.of(Normalisation.class, ValueRange.class, GoldenSample.GoldenBox.class);

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-zA-Z.]+)` \\|([^|]*)\\|");

  @Test
  void shouldDocumentEveryField() throws IOException {
    assertThat(documented(".*")).isEqualTo(fields(false));
  }

  @Test
  void shouldSayWhichFieldsAreRequired() throws IOException {
    Set<String> required = documented("required");
    required.remove("input.kind");
    assertThat(required).isEqualTo(fields(true));
  }

  private static Set<String> documented(String secondColumn) throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "models.md"));
    String contract =
        guide.substring(guide.indexOf("## The contract"), guide.indexOf("## What an"));
    return ROW.matcher(contract)
        .results()
        .filter(row -> row.group(2).strip().matches(secondColumn))
        .map(row -> row.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> fields(boolean requiredOnly) {
    Set<String> fields = new TreeSet<>();
    collect(ModelContract.class, "", requiredOnly, fields);
    collect(ReadingsInput.class, "input.", requiredOnly, fields);
    collect(FrameInput.class, "input.", requiredOnly, fields);
    if (!requiredOnly) {
      fields.add("input.kind");
    }
    return fields;
  }

  private static void collect(
      Class<?> type, String prefix, boolean requiredOnly, Set<String> fields) {
    for (RecordComponent component : type.getRecordComponents()) {
      JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
      String path = prefix + component.getName();
      if (!requiredOnly || (property != null && property.required())) {
        fields.add(path);
      }
      Class<?> held = held(component.getGenericType());
      if (held.isRecord() && !INLINE.contains(held)) {
        collect(held, path + ".", requiredOnly, fields);
      }
    }
  }

  /** The class of a field, or of a list's items. */
  private static Class<?> held(Type type) {
    return type instanceof ParameterizedType list
        ? (Class<?>) list.getActualTypeArguments()[0]
        : (Class<?>) type;
  }
}
