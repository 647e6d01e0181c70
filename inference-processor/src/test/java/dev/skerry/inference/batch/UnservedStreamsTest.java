package dev.skerry.inference.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.inference.answer.Answers;
import dev.skerry.inference.lineup.Lineup;
import dev.skerry.inference.metrics.InferenceMetrics;
import dev.skerry.inference.metrics.Tally;
import dev.skerry.inference.testing.Records;
import dev.skerry.schemas.AnswerEntry;
import dev.skerry.schemas.AnswerVerdict;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class UnservedStreamsTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();

  @Test
  void shouldDeadLetterEachRecordOnce() {
    answer(UnservedStreams.Rule.DEAD_LETTER, "unheard", "unheard");
    assertThat(written)
        .extracting(ProducerRecord::topic)
        .containsExactly("dead-letters", "dead-letters");
    assertThat(registry.find("skerry.inference.ignored").counters()).isEmpty();
  }

  @Test
  void shouldCountWhatIsIgnoredByItsStream() {
    answer(UnservedStreams.Rule.IGNORE, "unheard", "other-kind", "unheard");
    assertThat(written).extracting(ProducerRecord::topic).containsExactly("answer-ledger");
    assertThat(new AvroDecoder<>(AnswerEntry.class).decode(written.get(0).value()))
        .asInstanceOf(InstanceOfAssertFactories.type(Decoded.Value.class))
        .extracting("value")
        .satisfies(
            entry -> {
              AnswerEntry leftOut = (AnswerEntry) entry;
              assertThat(leftOut.getVerdict()).isEqualTo(AnswerVerdict.IGNORED);
              assertThat(leftOut.getCount()).isEqualTo(3);
              assertThat(leftOut.getFirstOffset()).isZero();
              assertThat(leftOut.getEndOffset()).isEqualTo(3);
            });
    assertThat(ignored("unheard")).isEqualTo(2);
    assertThat(ignored("other-kind")).isEqualTo(1);
  }

  @Test
  void shouldNameNoMoreStreamsThanItMay() {
    String[] streams = new String[100];
    for (int i = 0; i < streams.length; i++) {
      streams[i] = "stream-" + i;
    }
    answer(UnservedStreams.Rule.IGNORE, streams);
    assertThat(registry.find("skerry.inference.ignored").counters())
        .hasSizeLessThanOrEqualTo(UnservedStreams.MAX_NAMED + 1)
        .extracting(Counter::count)
        .satisfies(counts -> assertThat(counts.stream().mapToDouble(c -> c).sum()).isEqualTo(100));
    assertThat(ignored(UnservedStreams.OTHER)).isEqualTo(80);
  }

  private double ignored(String stream) {
    return registry.get("skerry.inference.ignored").tag("stream", stream).counter().count();
  }

  private void answer(UnservedStreams.Rule rule, String... streams) {
    Slice slice =
        new Slice(
            Lineup.of(List.of()),
            100,
            FrameRules.DEFAULT,
            new UnservedStreams(rule),
            Diversion.NONE,
            WriterSchemas.catalogue());
    Answers answers = new Answers("site-1");
    for (int i = 0; i < streams.length; i++) {
      Telemetry telemetry = Records.readings("d", streams[i], i, 1, 1, 1f);
      assertThat(slice.add(Records.polled(i, "d", Records.encode(telemetry)))).isEmpty();
    }
    slice.score();
    slice.rows().forEach(row -> answers.write(row, 1, written::add));
    answers.writeIgnored(1, written::add);
    answers.writeIgnored(1, written::add);
    Tally tally = new Tally();
    tally.add(slice);
    new InferenceMetrics(registry, List.of()).committed(tally, 1);
  }
}
