package dev.skerry.local.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.local.seed.FakeRegistry.Quirk;
import dev.skerry.local.seed.Seeding.Outcome;
import dev.skerry.schemas.catalogue.IdBlock;
import dev.skerry.schemas.serde.SchemaCatalogue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Seeding a registry that behaves as Confluent's, and some that do not. */
class SeedingTest {

  private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.released();
  private static final int ALL = CATALOGUE.entries().size() + 1;
  private static final String OTHER = "{\"type\":\"record\",\"name\":\"Other\",\"fields\":[]}";

  @Test
  void shouldPutEveryVersionUnderItsIdAndLeaveNoModeBehind() throws Exception {
    try (FakeRegistry registry = new FakeRegistry(Quirk.NONE, "")) {
      Outcome outcome = seed(registry);
      assertThat(outcome).isInstanceOf(Outcome.Seeded.class);
      assertThat(((Outcome.Seeded) outcome).versions()).isEqualTo(ALL);
      assertThat(((Outcome.Seeded) outcome).added()).isEqualTo(ALL);
      for (SchemaCatalogue.Entry entry : CATALOGUE.entries()) {
        assertThat(registry.id(entry.subject(), entry.version())).contains(entry.id());
      }
      assertThat(registry.modes).isEmpty();
      assertThat(registry.levels.keySet()).isEqualTo(registry.subjects.keySet());
      assertThat(registry.levels.values()).containsOnly("FULL_TRANSITIVE");
    }
  }

  @Test
  void shouldChangeNothingTheSecondTime() throws Exception {
    try (FakeRegistry registry = new FakeRegistry(Quirk.NONE, "")) {
      seed(registry);
      registry.writes = 0;
      assertThat(((Outcome.Seeded) seed(registry)).added()).isZero();
      assertThat(registry.writes).isZero();
    }
  }

  @Test
  void shouldAddWhatIsMissingAndKeepTheModeOfASubject() throws Exception {
    try (FakeRegistry registry = new FakeRegistry(Quirk.NONE, "")) {
      seed(registry);
      registry.subjects.remove("telemetry-value");
      registry.modes.put("telemetry-value", "READONLY");
      registry.levels.put("detections-value", "NONE");
      assertThat(((Outcome.Seeded) seed(registry)).added()).isOne();
      assertThat(registry.modes).containsOnly(Map.entry("telemetry-value", "READONLY"));
      assertThat(registry.levels).containsEntry("detections-value", "FULL_TRANSITIVE");
    }
  }

  @Test
  void shouldMakeTheRegistryCountOnBehindTheReservedIds() throws Exception {
    try (FakeRegistry registry = new FakeRegistry(Quirk.NONE, "")) {
      seed(registry);
      assertThat(registry.put("orders-value", 1, Optional.empty(), OTHER))
          .isGreaterThan(IdBlock.LAST);
    }
  }

  @Test
  void shouldFailLoudlyWhereExplicitIdsAreIgnored() throws Exception {
    try (FakeRegistry registry = new FakeRegistry(Quirk.IGNORES_EXPLICIT_IDS, "")) {
      Outcome outcome = seed(registry);
      assertThat(outcome).isInstanceOf(Outcome.Differs.class);
      List<Difference> differences = ((Outcome.Differs) outcome).differences();
      assertThat(differences).hasSize(ALL);
      assertThat(differences).anyMatch(difference -> difference.found().equals("id 1"));
      assertThat(registry.subjects).as("it stops at the first").hasSize(1);
      assertThat(registry.modes).isEmpty();
    }
  }

  @Test
  void shouldRefuseWhereAnIdIsAnotherSchemaAndWriteNothing() throws Exception {
    try (FakeRegistry registry = new FakeRegistry(Quirk.NONE, "")) {
      registry.put("orders-value", 1, Optional.of(1_000_001), OTHER);
      Outcome outcome = seed(registry);
      assertThat(outcome).isInstanceOf(Outcome.Refused.class);
      assertThat(((Outcome.Refused) outcome).differences())
          .anySatisfy(
              difference -> {
                assertThat(difference.subject()).isEqualTo("telemetry-value");
                assertThat(difference.found()).contains("id 1000001", "another schema: Other");
              });
      assertThat(registry.writes).isZero();
    }
  }

  @Test
  void shouldRefuseWhereAVersionHasAnotherIdOrSchema() throws Exception {
    try (FakeRegistry registry = new FakeRegistry(Quirk.NONE, "")) {
      String telemetry = CATALOGUE.schema(1_000_001).orElseThrow().toString();
      registry.put("telemetry-value", 1, Optional.of(5), telemetry);
      registry.put("detections-value", 1, Optional.of(6), OTHER);
      assertThat(((Outcome.Refused) seed(registry)).differences())
          .containsExactlyInAnyOrder(
              new Difference("telemetry-value", 1, "id 1000001", "id 5"),
              new Difference("detections-value", 1, "id 1000002", "id 6, another schema: Other"));
      assertThat(registry.writes).isZero();
    }
  }

  @Test
  void shouldRefuseAVersionOfSomebodyElseAndTakeOneOfANewerRelease() throws Exception {
    try (FakeRegistry registry = new FakeRegistry(Quirk.NONE, "")) {
      seed(registry);
      registry.put("telemetry-value", 2, Optional.of(IdBlock.LAST), OTHER);
      assertThat(seed(registry)).isInstanceOf(Outcome.Seeded.class);
      registry.put("telemetry-value", 3, Optional.of(77), OTHER);
      assertThat(((Outcome.Refused) seed(registry)).differences())
          .containsExactly(new Difference("telemetry-value", 3, "no such version", "id 77"));
    }
  }

  @Test
  void shouldMakeItsSubjectsReadOnlyWhereItIsAskedTo() throws Exception {
    try (FakeRegistry registry = new FakeRegistry(Quirk.NONE, "")) {
      Seeding readOnly = new Seeding(CATALOGUE, true);
      assertThat(readOnly.seed(registry.url(), "")).isInstanceOf(Outcome.Seeded.class);
      assertThat(registry.modes.keySet()).isEqualTo(registry.subjects.keySet());
      assertThat(registry.modes.values()).containsOnly("READONLY");
      registry.subjects.remove("telemetry-value");
      assertThat(((Outcome.Seeded) readOnly.seed(registry.url(), "")).added()).isOne();
      assertThat(registry.modes.values()).containsOnly("READONLY");
    }
  }

  @Test
  void shouldSayWhatToDoWhereTheModeCannotBeChanged() throws Exception {
    try (FakeRegistry registry = new FakeRegistry(Quirk.REFUSES_MODE_CHANGES, "")) {
      assertThatThrownBy(() -> seed(registry))
          .isInstanceOf(SeedFailedException.class)
          .hasMessageContaining("mode.mutability")
          .hasMessageContaining("422/42205");
      assertThat(registry.subjects).isEmpty();
    }
  }

  @Test
  void shouldNotBelieveThatCompatibilityWasSet() throws Exception {
    try (FakeRegistry registry = new FakeRegistry(Quirk.FORGETS_COMPATIBILITY, "")) {
      assertThat(((Outcome.Differs) seed(registry)).differences())
          .contains(new Difference("telemetry-value", 0, "compatibility FULL_TRANSITIVE", "none"));
    }
  }

  @Test
  void shouldAuthenticate() throws Exception {
    try (FakeRegistry registry = new FakeRegistry(Quirk.NONE, "ann:secret")) {
      assertThat(seed(registry.url() + "/", "ann:secret")).isInstanceOf(Outcome.Seeded.class);
      assertThatThrownBy(() -> seed(registry.url(), "ann:wrong"))
          .isInstanceOf(SeedFailedException.class)
          .hasMessageContaining("wants another user");
    }
  }

  @Test
  void shouldSayThatNoRegistryIsThere() throws IOException {
    try (FakeRegistry registry = new FakeRegistry(Quirk.NONE, "")) {
      assertThatThrownBy(() -> seed(registry.url() + "/elsewhere", ""))
          .isInstanceOf(SeedFailedException.class)
          .hasMessageContaining("There is no schema registry");
    }
    int closed = freePort();
    assertThatThrownBy(() -> seed("http://127.0.0.1:" + closed, ""))
        .isInstanceOf(SeedFailedException.class)
        .hasMessageContaining("does not answer");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Outcome seed(FakeRegistry registry) throws InterruptedException {
    return seed(registry.url(), "");
  }

  private static Outcome seed(String url, String userInfo) throws InterruptedException {
    return new Seeding(CATALOGUE, false).seed(url, userInfo);
  }
}
