package dev.skerry.ingest.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No body makes a reader fail, whatever it is. The long case: {@code -Dgateway.fuzz=1000000}. */
class BodyFuzzTest {

  private static final int BODIES = Integer.getInteger("gateway.fuzz", 20_000);
  private static final AvroBody AVRO = new AvroBody(100);
  private static final JsonBody JSON = new JsonBody(100);

  private static Body read(String reader, byte[] bytes) {
    return switch (reader) {
      case "JSON" -> JSON.read(bytes, Bodies.ADDRESSEE);
      case "JSON lines" -> JSON.readLines(bytes, Bodies.ADDRESSEE);
      case "Avro" -> AVRO.read(bytes, Bodies.ADDRESSEE);
      default -> AVRO.readMany(bytes, Bodies.ADDRESSEE);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "JSON lines", "Avro", "Avro batch"})
  void shouldSayOfEveryBodyWhatItIs(String reader) {
    List<byte[]> seeds =
        List.of(Bodies.json(), Bodies.jsonArray(), Bodies.avro(), Bodies.avroBatch());
    Random random = new Random(20260501);
    int understood = 0;
    for (int i = 0; i < BODIES; i++) {
      byte[] body = Mutation.of(seeds, random);
      try {
        for (Read read : read(reader, body).messages()) {
          understood += read instanceof Read.Understood ? 1 : 0;
          if (read instanceof Read.Unreadable unreadable) {
            assertThat(unreadable.detail()).isNotBlank();
            assertThat(unreadable.position()).isNotBlank();
          }
        }
      } catch (RuntimeException | StackOverflowError e) {
        fail("body %d: %s".formatted(i, HexFormat.of().formatHex(body)), e);
      }
    }
    assertThat(understood).isPositive();
  }
}
