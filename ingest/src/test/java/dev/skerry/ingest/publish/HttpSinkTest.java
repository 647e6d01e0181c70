package dev.skerry.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.ingest.publish.StubGateway.Answer;
import dev.skerry.schemas.Telemetry;
import dev.skerry.service.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HttpSinkTest {

  private static final Answer ALL = Answer.of(200, "{\"stored\":1,\"failed\":0}");

  @Test
  void shouldSendEachDevicesRecordsOnceAndInOrder() throws Exception {
    try (StubGateway gateway = new StubGateway((number, batch) -> ALL)) {
      Publication publication = publish(gateway, Records.inTurn(5, 400), Map.of());
      publication.run();
      Published published = publication.published();
      assertThat(published.records()).isEqualTo(2_000);
      assertThat(published.resent()).isZero();
      assertThat(published.whole()).isTrue();
      assertThat(published.medianLatency()).isPositive();
      assertThat(published.tailLatency()).isGreaterThanOrEqualTo(published.medianLatency());
      assertThat(gateway.batches())
          .allSatisfy(batch -> assertThat(batch.contentType()).isEqualTo("application/avro-batch"));
      assertThat(sequencesByDevice(gateway)).hasSize(5);
      assertThat(sequencesByDevice(gateway).values())
          .containsOnly(LongStream.range(0, 400).boxed().toList());
    }
  }

  @Test
  void shouldWaitAsLongAsItIsToldAndSendTheSameAgain() throws Exception {
    StubGateway.Script script =
        (number, batch) ->
            number == 0
                ? new Answer(429, "{\"error\":{\"status\":429}}", Map.of("Retry-After", "1"))
                : ALL;
    try (StubGateway gateway = new StubGateway(script)) {
      Publication publication = publish(gateway, Records.inTurn(1, 3), Map.of());
      publication.run();
      List<StubGateway.Batch> batches = gateway.batches();
      assertThat(batches.get(1).nanos() - batches.get(0).nanos())
          .isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
      assertThat(batches.get(1).records()).containsAll(batches.get(0).records());
      assertThat(publication.published().records()).isEqualTo(3);
      assertThat(publication.published().resent()).isPositive();
    }
  }

  @Test
  void shouldSendAgainWhatTheGatewayNeverAnswered() throws Exception {
    StubGateway.Script script = (number, batch) -> number == 0 ? Answer.of(0, "") : ALL;
    try (StubGateway gateway = new StubGateway(script)) {
      Publication publication = publish(gateway, Records.inTurn(1, 10), Map.of());
      publication.run();
      assertThat(publication.published().records()).isEqualTo(10);
      assertThat(gateway.batches().get(1).records())
          .containsAll(gateway.batches().get(0).records());
    }
  }

  @Test
  void shouldCountWhatIsRefusedAndSendAgainOnlyWhatIsNot() throws Exception {
    StubGateway.Script script =
        (number, batch) ->
            number == 0
                ? Answer.of(
                    207,
                    "{\"stored\":0,\"failed\":1,\"items\":[{\"index\":0,\"status\":422,"
                        + "\"reason\":\"clock-skew\",\"detail\":\"too old\"}]}")
                : number == 1
                    ? Answer.of(
                        207,
                        "{\"stored\":0,\"failed\":1,\"items\":[{\"index\":0,\"status\":503,"
                            + "\"reason\":\"unacknowledged\",\"detail\":\"later\"}]}")
                    : ALL;
    try (StubGateway gateway = new StubGateway(script)) {
      Publication publication = publish(gateway, Records.inTurn(1, 50), Map.of());
      assertThatThrownBy(publication::run)
          .isInstanceOf(PublishException.class)
          .hasMessageContaining("refused records: 1 clock-skew");
      assertThat(publication.published().records()).isEqualTo(49);
      assertThat(publication.published().resent()).isEqualTo(1);
      assertThat(publication.published().summary())
          .contains("; 1 sent again; refused: 1 clock-skew");
    }
  }

  @Test
  void shouldEndWhereTheGatewayDoesNotKnowTheDevice() throws Exception {
    StubGateway.Script script =
        (number, batch) ->
            Answer.of(401, "{\"error\":{\"status\":401,\"detail\":\"The token is no device's\"}}");
    try (StubGateway gateway = new StubGateway(script)) {
      Publication publication = publish(gateway, Records.inTurn(1, 5), Map.of());
      assertThatThrownBy(publication::run)
          .isInstanceOf(PublishException.class)
          .hasMessageContaining("answers 401: The token is no device's");
      assertThat(publication.published().records()).isZero();
    }
  }

  @Test
  void shouldShowEachDevicesOwnToken() throws Exception {
    try (StubGateway gateway = new StubGateway((number, batch) -> ALL)) {
      publish(gateway, Records.inTurn(2, 20), Map.of("d0", "t0", "d1", "t1")).run();
      assertThat(gateway.batches())
          .allSatisfy(
              batch ->
                  assertThat(batch.records())
                      .extracting(record -> "Bearer t" + record.getDeviceId().substring(1))
                      .containsOnly(batch.token().orElseThrow()));
      Publication unknown = publish(gateway, Records.inTurn(2, 1), Map.of("d0", "t0"));
      assertThatThrownBy(unknown::run)
          .isInstanceOf(ConfigException.class)
          .hasMessage("The device d1 has no token (--tokens)");
    }
  }

  private static Publication publish(
      StubGateway gateway, Stream<Telemetry> records, Map<String, String> tokens) {
    return Publication.atOnce(
        records.iterator(), Destination.gateway(gateway.address(tokens)), Progress.none());
  }

  private static Map<String, List<Long>> sequencesByDevice(StubGateway gateway) {
    return gateway.batches().stream()
        .flatMap(batch -> batch.records().stream())
        .collect(
            Collectors.groupingBy(
                Telemetry::getDeviceId,
                Collectors.mapping(Telemetry::getSequence, Collectors.toList())));
  }
}
