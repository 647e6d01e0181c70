package dev.skerry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

class AccessRefusalTest {

  private final AccessRefusal refusal = new AccessRefusal(Optional.of("inference-processor"));

  @Test
  void shouldSayWhatTheUserNeeds() {
    assertThat(explained(new TopicAuthorizationException(Set.of("detections"))))
        .contains("the user inference-processor", "it needs Write on topic detections");
    assertThat(explained(GroupAuthorizationException.forGroupId("skerry-inference")))
        .contains("it needs Read on group skerry-inference");
    assertThat(explained(new TransactionalIdAuthorizationException("no")))
        .contains("transactionalId skerry-inference*: Write");
    assertThat(explained(new TopicAuthorizationException(Set.of("nobodys"))))
        .contains("it needs what nobody foresaw on topic nobodys");
    assertThat(explained(new ClusterAuthorizationException("no"))).contains("a grant on cluster");
    assertThat(explained(new SslAuthenticationException("expired")))
        .contains("expired", "keystore");
  }

  @Test
  void shouldSayNothingOfWhatIsNoRefusal() {
    assertThat(refusal.explain(new KafkaException("away"))).isEmpty();
  }

  private String explained(RuntimeException reason) {
    return refusal.explain(new KafkaException("A batch failed", reason)).orElseThrow();
  }
}
