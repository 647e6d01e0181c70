package dev.skerry.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guides show compiles, and what they say of partitions is so. */
class ProducerGuideTest {

  private static final Path GUIDE = Path.of("../docs/producer.md");
  private static final Path README = Path.of("../README.md");
  private static final Path PLAIN = Path.of("../docs/examples/PlainTelemetry.java");
  private static final Pattern SAMPLE = Pattern.compile("(?s)```java\\n(.*?)```");
  private static final Pattern PARTITION =
      Pattern.compile("`(pump-[0-9])`\\s+(?:belongs\\s+)?to\\s+partition\\s+([0-9])");

  @TempDir Path classes;

  @Test
  void shouldCompileTheSamplesOfTheGuides() throws IOException {
    for (Path page : List.of(GUIDE, README)) {
      List<String> samples =
          SAMPLE.matcher(Files.readString(page)).results().map(result -> result.group(1)).toList();
      assertThat(samples).as(page.toString()).isNotEmpty();
      for (String sample : samples) {
        assertThat(compile("Sample", inMain(sample))).isEmpty();
      }
    }
  }

  @Test
  void shouldCompileTheExampleWithThePlainClient() throws IOException {
    assertThat(compile("PlainTelemetry", Files.readString(PLAIN))).isEmpty();
  }

  @Test
  void shouldFindTheMistakeInASampleThatDoesNotCompile() {
    assertThat(compile("Sample", inMain("TelemetryProducer.nowhere();"))).contains("nowhere");
  }

  @Test
  void shouldSayWhereDevicesBelong() throws IOException {
    Matcher said = PARTITION.matcher(Files.readString(GUIDE));
    List<MatchResult> pairs = said.results().toList();
    assertThat(pairs).hasSize(2);
    for (MatchResult pair : pairs) {
      assertThat(BuiltInPartitioner.partitionForKey(pair.group(1).getBytes(UTF_8), 4))
          .as(pair.group(1))
          .isEqualTo(Integer.parseInt(pair.group(2)));
    }
  }

  private static String inMain(String sample) {
    return "import dev.skerry.producer.*; final class Sample { void run() { " + sample + " } }";
  }

  /** What the compiler says; nothing where all is well. */
  private String compile(String name, String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options = new ArrayList<>(List.of("-d", classes.toString()));
    options.addAll(List.of("-classpath", System.getProperty("java.class.path"), "-proc:none"));
    boolean unusedVerdict = compiler.getTask(said, null, null, options, null, List.of(file)).call();
    return said.toString();
  }
}
