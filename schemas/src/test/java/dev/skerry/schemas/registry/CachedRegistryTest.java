package dev.skerry.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachedRegistryTest {

  private final FakeRegistry registry = FakeRegistry.start();
  private final AtomicLong nanos = new AtomicLong();
  private final CachedRegistry cached =
      new CachedRegistry(
          RegistryConfig.of(
                  Map.of(
                      "schema.registry.url",
                      registry.url(),
                      "max.schemas.per.subject",
                      "10",
                      "missing.id.cache.ttl.sec",
                      "60"))
              .orElseThrow(),
          nanos::get);

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void shouldAskOnceForWhatTheRegistryKnows() {
    registry.put(1, "\"int\"");
    for (int i = 0; i < 3; i++) {
      assertThat(cached.schema(1)).isInstanceOf(Answer.Known.class);
      assertThat(cached.id(registration("s"))).isInstanceOf(Answer.Known.class);
      assertThat(cached.latest("s")).isInstanceOf(Answer.Known.class);
      nanos.addAndGet(86_400_000_000_000L);
    }
    assertThat(registry.requests()).hasSize(3);
  }

  @Test
  void shouldGoOnKnowingWhenTheRegistryDies() {
    registry.put(1, "\"int\"");
    assertThat(cached.schema(1)).isInstanceOf(Answer.Known.class);
    registry.close();
    assertThat(cached.schema(1)).isInstanceOf(Answer.Known.class);
    assertThat(cached.schema(2)).isInstanceOf(Answer.Away.class);
  }

  @Test
  void shouldRememberForAWhileWhatTheRegistryDoesNotKnow() {
    assertThat(cached.schema(5)).isInstanceOf(Answer.Absent.class);
    nanos.addAndGet(59_000_000_000L);
    assertThat(cached.schema(5)).isInstanceOf(Answer.Absent.class);
    assertThat(registry.requests()).hasSize(1);
    registry.put(5, "\"int\"");
    nanos.addAndGet(1_000_000_000L);
    assertThat(cached.schema(5)).isInstanceOf(Answer.Known.class);
  }

  @Test
  void shouldNotAskARegistryThatTalksRubbishForEachRecord() {
    registry.answer(200, "{}");
    for (int i = 0; i < 100; i++) {
      assertThat(cached.schema(5)).isInstanceOf(Answer.Away.class);
    }
    assertThat(registry.requests()).hasSize(1);
    registry.answerProperly();
    registry.put(5, "\"int\"");
    nanos.addAndGet(1_000_000_000L);
    assertThat(cached.schema(5)).isInstanceOf(Answer.Known.class);
  }

  @Test
  void shouldRememberNoMoreThanItMay() {
    for (int i = 0; i < 200; i++) {
      cached.schema(i);
      cached.id(registration("s" + i));
      cached.latest("s" + i);
    }
    assertThat(cached.size()).isEqualTo(30);
  }

  private static CachedRegistry.Registration registration(String subject) {
    return new CachedRegistry.Registration(subject, "\"int\"", false, true);
  }
}
