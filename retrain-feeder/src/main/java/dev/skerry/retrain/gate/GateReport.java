package dev.skerry.retrain.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skerry.schemas.release.Expectation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gate found. Immutable.
 *
 * @param passed whether the candidate may be published
 * @param failures why not, one sentence each
 * @param dataset what it was judged by
 * @param champion what is served
 * @param candidate what is to be served
 * @param classes class by class
 * @param expected what sites are to expect of the candidate beside the champion
 * @param check what the check of the target's limits printed; empty where there is none
 * @param int8 the candidate in full beside itself in eight bits; null where it came in one form
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GateReport(
    boolean passed,
    List<String> failures,
    Judged dataset,
    Side champion,
    Side candidate,
    List<ClassResult> classes,
    Expectation expected,
    String check,
    @Nullable Int8 int8) {

  /** The name of its file. */
  public static final String FILE = "report.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * What both were judged by.
   *
   * @param windows in all
   * @param samples how many of them are of the dataset
   * @param devices of how many devices
   */
  public record Judged(
      String stream, int version, String sha256, long windows, long samples, int devices) {}

  /**
   * One of the two models.
   *
   * @param accuracy share of right answers, 0 to 1
   * @param balancedAccuracy the mean of the recalls of all classes, 0 to 1
   * @param calibrationError expected calibration error over ten bins of confidence, 0 to 1
   * @param bins how often it was right, by how sure it was
   * @param microsAlone median time of one window, on one thread
   * @param microsInBatch median time of a window in batches of 64, on one thread
   * @param bytes of the file
   */
  public record Side(
      String name,
      String version,
      String sha256,
      List<String> labels,
      double accuracy,
      double balancedAccuracy,
      double calibrationError,
      List<Calibration.Bin> bins,
      double microsAlone,
      double microsInBatch,
      long bytes) {}

  /**
   * One class.
   *
   * @param windows how many there are
   * @param championRecall share that the champion named, 0 to 1
   * @param candidateRecall share that the candidate names, 0 to 1
   * @param lost windows that the champion named and the candidate does not
   * @param won windows that the candidate names and the champion did not
   * @param isNew whether the champion does not know it
   */
  public record ClassResult(
      String label,
      long windows,
      double championRecall,
      double candidateRecall,
      long lost,
      long won,
      boolean isNew) {}

  /**
   * A candidate in full and in eight bits, by the same windows.
   *
   * @param taken whether the one in eight bits is the candidate that this report is of
   * @param failures why not, one sentence each
   * @param full the candidate in full
   * @param int8 the same in eight bits; null where it cannot be judged
   * @param classes class by class, the one in full in the champion's place
   */
  public record Int8(
      boolean taken,
      List<String> failures,
      Side full,
      @Nullable Side int8,
      List<ClassResult> classes) {

    public Int8 {
      failures = List.copyOf(failures);
      classes = List.copyOf(classes);
    }
  }

  public GateReport {
    failures = List.copyOf(failures);
    classes = List.copyOf(classes);
  }

  GateReport with(Int8 compared) {
    return new GateReport(
        passed, failures, dataset, champion, candidate, classes, expected, check, compared);
  }

  /** Reads a report; throws {@link GateException} that names the file. */
  public static GateReport read(Path file) {
    try {
      return JSON.readValue(file.toFile(), GateReport.class);
    } catch (IOException e) {
      throw new GateException(file + " is no report of a gate: " + e.getMessage(), e);
    }
  }

  /** Writes the report and, beside it, the page for people. */
  public void write(Path directory) throws IOException {
    Files.writeString(directory.resolve("report.html"), new GatePage(this).toHtml());
    Files.writeString(directory.resolve(FILE), toJson());
  }

  public String toJson() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report is always JSON", e);
    }
  }

  /** In one line. */
  public String summary() {
    return "%s %s %s: balanced accuracy %.3f, champion %s %.3f; %s"
        .formatted(
            candidate.name(),
            candidate.version(),
            passed ? "passes" : "does not pass",
            candidate.balancedAccuracy(),
            champion.version(),
            champion.balancedAccuracy(),
            passed ? "no class is worse" + int8Summary() : String.join("; ", failures));
  }

  private String int8Summary() {
    if (int8 == null) {
      return "";
    }
    return int8.taken() ? "; in eight bits" : "; not in eight bits: " + int8.failures().get(0);
  }
}
