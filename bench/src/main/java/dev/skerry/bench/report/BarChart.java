package dev.skerry.bench.report;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.List;

/**
 * Horizontal bars in groups as an SVG: for each group a caption and its bars, each with its label
 * and its value. Readable on light and dark pages. Not thread-safe.
 */
public final class BarChart {

  private static final int WIDTH = 760;
  private static final int LABEL_WIDTH = 210;
  private static final int VALUE_WIDTH = 90;
  private static final int ROW = 20;
  private static final int CAPTION = 30;
  private static final int HEAD = 46;
  private static final int BASELINE = 14;
  private static final String OURS = "#0f766e";
  private static final String OTHERS = "#94a3b8";

  private final String title;
  private final String unit;
  private final List<Group> groups = new ArrayList<>();

  /**
   * One bar.
   *
   * @param label what it is of
   * @param value how long it is, 0 and up, in the chart's unit
   * @param ours whether it stands out
   */
  public record Bar(String label, double value, boolean ours) {}

  private record Group(String caption, List<Bar> bars) {}

  /**
   * An empty chart.
   *
   * @param unit of all values, with what is better: {@code µs, less is better}
   */
  public BarChart(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /** Adds a group; its longest bar takes the whole width. */
  public BarChart group(String caption, List<Bar> bars) {
    groups.add(new Group(caption, List.copyOf(bars)));
    return this;
  }

  /** The chart as an SVG document. */
  public String toSvg() {
    int height =
        HEAD + groups.stream().mapToInt(group -> CAPTION + ROW * group.bars().size()).sum() + 8;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" font-family=\"sans-serif\" font-size=\"13\" role=\"img\">\n",
            WIDTH,
            height,
            WIDTH,
            height));
    svg.append(
        String.format(
            ROOT, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", WIDTH, height));
    text(svg, 8, 22, "start", "font-size=\"16\" font-weight=\"bold\"", title + " (" + unit + ")");
    int y = HEAD;
    for (Group group : groups) {
      text(svg, 8, y + BASELINE, "start", "font-weight=\"bold\"", group.caption());
      y += CAPTION - 8;
      double longest = group.bars().stream().mapToDouble(Bar::value).max().orElse(1);
      for (Bar bar : group.bars()) {
        bar(svg, y, bar, longest);
        y += ROW;
      }
      y += 8;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void bar(StringBuilder svg, int y, Bar bar, double longest) {
    double most = WIDTH - LABEL_WIDTH - VALUE_WIDTH;
    double length = Math.max(1, bar.value() / longest * most);
    text(svg, LABEL_WIDTH - 8, y + BASELINE, "end", "", bar.label());
    svg.append(
        String.format(
            ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
            LABEL_WIDTH,
            y + 2,
            length,
            ROW - 4,
            bar.ours() ? OURS : OTHERS));
    text(
        svg,
        (int) (LABEL_WIDTH + length + 6),
        y + BASELINE,
        "start",
        "",
        String.format(ROOT, bar.value() < 100 ? "%.1f" : "%,.0f", bar.value()));
  }

  private static void text(
      StringBuilder svg, int x, int y, String anchor, String style, String text) {
    svg.append(
        String.format(
            ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"#0f172a\" %s>%s</text>\n",
            x,
            y,
            anchor,
            style,
            text.replace("&", "&amp;").replace("<", "&lt;")));
  }
}
