package dev.skerry.retrain.gate;

import dev.skerry.retrain.gate.GateReport.ClassResult;
import dev.skerry.retrain.gate.GateReport.Side;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A report as a page that needs nothing but itself.
 *
 * @param report what was found
 */
record GatePage(GateReport report) {

  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#1d2733}
      h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
      table{border-collapse:collapse}td,th{padding:.25rem .8rem;text-align:right;border-bottom:1px solid #dde3ea}
      td:first-child,th:first-child{text-align:left}
      .pass{color:#18794e}.fail{color:#b42318}
      svg text{font:12px system-ui,sans-serif;fill:#1d2733}
      """;

  String toHtml() {
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>%s %s at the gate</title><style>%s</style></head><body>
    <h1>%s %s <span class="%s">%s</span></h1>
    <p>Judged beside %s by %d windows of %d devices that neither was trained on; %d of them are of version %d of the
    dataset %s.</p>
    %s
    <h2>In numbers</h2>
    %s
    <h2>Recall of each class</h2>
    %s
    %s
    <h2>How often it is right, by how sure it is</h2>
    %s
    %s
    <h2>What sites are to expect</h2>
    <p>At most %.1f %% of the records with another label than the champion's%s; in doubt where the champion is not: at
    most %.1f %%.</p>
    %s
    </body></html>
    """
        .formatted(
            text(report.candidate().name()),
            text(report.candidate().version()),
            STYLE,
            text(report.candidate().name()),
            text(report.candidate().version()),
            report.passed() ? "pass" : "fail",
            report.passed() ? "passes" : "does not pass",
            text(report.champion().version()),
            report.dataset().windows(),
            report.dataset().devices(),
            report.dataset().samples(),
            report.dataset().version(),
            text(report.dataset().stream()),
            failures(),
            numbers(),
            recallChart(),
            recallTable(),
            calibrationChart(),
            int8(),
            100 * report.expected().disagreement(),
            byLabel(),
            100 * report.expected().lowConfidence(),
            check());
  }

  private String failures() {
    if (report.failures().isEmpty()) {
      return "";
    }
    return report.failures().stream()
        .map(failure -> "<li class=\"fail\">" + text(failure) + "</li>")
        .collect(Collectors.joining("", "<ul>", "</ul>"));
  }

  private String numbers() {
    return "<table><tr><th></th><th>champion</th><th>candidate</th></tr>"
        + row("version", report.champion().version(), report.candidate().version())
        + row("accuracy", Side::accuracy)
        + row("balanced accuracy", Side::balancedAccuracy)
        + row("calibration error", Side::calibrationError)
        + row(
            "one window alone, &micro;s",
            number(report.champion().microsAlone(), 0),
            number(report.candidate().microsAlone(), 0))
        + row(
            "in batches, &micro;s a window",
            number(report.champion().microsInBatch(), 0),
            number(report.candidate().microsInBatch(), 0))
        + row(
            "bytes",
            Long.toString(report.champion().bytes()),
            Long.toString(report.candidate().bytes()))
        + "</table>";
  }

  private String row(String name, java.util.function.ToDoubleFunction<Side> value) {
    return row(
        name,
        number(value.applyAsDouble(report.champion()), 3),
        number(value.applyAsDouble(report.candidate()), 3));
  }

  private static String row(String name, String champion, String candidate) {
    return "<tr><td>%s</td><td>%s</td><td>%s</td></tr>"
        .formatted(name, text(champion), text(candidate));
  }

  private String recallTable() {
    return report.classes().stream()
        .map(
            result ->
                "<tr><td>%s%s</td><td>%d</td><td>%s</td><td>%s</td><td>%d</td><td>%d</td></tr>"
                    .formatted(
                        text(result.label()),
                        result.isNew() ? " (new)" : "",
                        result.windows(),
                        number(result.championRecall(), 3),
                        number(result.candidateRecall(), 3),
                        result.won(),
                        result.lost()))
        .collect(
            Collectors.joining(
                "",
                "<table><tr><th>class</th><th>windows</th><th>champion</th><th>candidate</th>"
                    + "<th>won</th><th>lost</th></tr>",
                "</table>"));
  }

  private String recallChart() {
    StringBuilder bars = new StringBuilder();
    int top = 0;
    for (ClassResult result : report.classes()) {
      bars.append("<text x=\"0\" y=\"%d\">%s</text>".formatted(top + 21, text(result.label())));
      bars.append(bar(top, result.championRecall(), "#9aa8b8"));
      bars.append(bar(top + 16, result.candidateRecall(), "#2563eb"));
      top += 42;
    }
    return svg(
        "Recall of each class, champion and candidate", 620, top + 22, bars + legend(top + 14));
  }

  private static String bar(int top, double share, String colour) {
    return String.format(
        Locale.ROOT,
        "<rect x=\"150\" y=\"%d\" width=\"%.1f\" height=\"14\" fill=\"%s\"/><text x=\"%.1f\""
            + " y=\"%d\">%.2f</text>",
        top + 2,
        400 * share,
        colour,
        156 + 400 * share,
        top + 13,
        share);
  }

  private static String legend(int top) {
    return ("<rect x=\"150\" y=\"%1$d\" width=\"10\" height=\"10\" fill=\"#9aa8b8\"/>"
            + "<text x=\"165\" y=\"%2$d\">champion</text>"
            + "<rect x=\"250\" y=\"%1$d\" width=\"10\" height=\"10\" fill=\"#2563eb\"/>"
            + "<text x=\"265\" y=\"%2$d\">candidate</text>")
        .formatted(top - 4, top + 5);
  }

  /** On the diagonal a model is as often right as it says. */
  private String calibrationChart() {
    return svg(
        "How often each model is right, by its confidence",
        340,
        330,
        "<rect x=\"40\" y=\"10\" width=\"280\" height=\"280\" fill=\"none\" stroke=\"#dde3ea\"/>"
            + "<line x1=\"40\" y1=\"290\" x2=\"320\" y2=\"10\" stroke=\"#c3ccd6\"/>"
            + points(report.champion(), "#9aa8b8")
            + points(report.candidate(), "#2563eb")
            + "<text x=\"150\" y=\"320\">confidence</text>"
            + "<text x=\"12\" y=\"180\" transform=\"rotate(-90 12 180)\">right</text>");
  }

  private static String points(Side side, String colour) {
    return side.bins().stream()
        .filter(bin -> bin.windows() > 0)
        .map(
            bin ->
                String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" fill-opacity=\".75\"/>",
                    40 + 280 * bin.confidence(),
                    290 - 280 * bin.accuracy(),
                    Math.min(14, 3 + Math.sqrt((double) bin.windows()) / 4),
                    colour))
        .collect(Collectors.joining());
  }

  private String int8() {
    GateReport.Int8 int8 = report.int8();
    if (int8 == null) {
      return "";
    }
    Side small = int8.int8();
    return "<h2>In eight bits</h2><p class=\"%s\">%s</p>"
            .formatted(
                int8.taken() ? "pass" : "fail",
                int8.taken()
                    ? "Taken: it answers as the one in full does."
                    : "Not taken: " + text(String.join("; ", int8.failures())))
        + (small == null ? "" : forms(int8.full(), small) + losses(int8));
  }

  private static String forms(Side full, Side small) {
    return "<table><tr><th></th><th>in full</th><th>in eight bits</th></tr>"
        + row("accuracy", number(full.accuracy(), 3), number(small.accuracy(), 3))
        + row(
            "balanced accuracy",
            number(full.balancedAccuracy(), 3),
            number(small.balancedAccuracy(), 3))
        + row(
            "calibration error",
            number(full.calibrationError(), 3),
            number(small.calibrationError(), 3))
        + row(
            "in batches, &micro;s a window",
            number(full.microsInBatch(), 0),
            number(small.microsInBatch(), 0))
        + row("bytes", Long.toString(full.bytes()), Long.toString(small.bytes()))
        + "</table>";
  }

  private static String losses(GateReport.Int8 int8) {
    return int8.classes().stream()
        .map(
            result ->
                "<tr><td>%s</td><td>%d</td><td>%s</td><td>%s</td></tr>"
                    .formatted(
                        text(result.label()),
                        result.windows(),
                        number(result.championRecall(), 3),
                        number(result.candidateRecall(), 3)))
        .collect(
            Collectors.joining(
                "",
                "<table><tr><th>recall of</th><th>windows</th><th>in full</th>"
                    + "<th>in eight bits</th></tr>",
                "</table>"));
  }

  private String byLabel() {
    var byLabel = report.expected().disagreementByLabel();
    if (byLabel == null || byLabel.isEmpty()) {
      return "";
    }
    return new java.util.TreeMap<>(byLabel)
        .entrySet().stream()
            .map(
                entry ->
                    String.format(
                        Locale.ROOT,
                        "%.0f %% where it says %s",
                        100 * entry.getValue(),
                        text(entry.getKey())))
            .collect(Collectors.joining(", ", ", of these at most ", ""));
  }

  private String check() {
    return report.check().isEmpty()
        ? ""
        : "<h2>On the target's limits</h2><pre>" + text(report.check()) + "</pre>";
  }

  private static String svg(String name, int width, int height, String content) {
    return ("<svg width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " aria-label=\"%s\">%s</svg>")
        .formatted(width, height, width, height, name, content);
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String text(String raw) {
    return raw.replace("&micro;", "\u00b5")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
