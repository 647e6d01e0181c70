package dev.skerry.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class BarChartTest {

  @Test
  void shouldDrawBarsInProportionAndEscapeText() throws Exception {
    String svg =
        new BarChart("CPU & more", "µs")
            .group(
                "light <model>",
                List.of(new BarChart.Bar("Skerry", 5, true), new BarChart.Bar("other", 20, false)))
            .toSvg();

    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    NodeList bars = document.getElementsByTagName("rect");
    assertThat(bars.getLength()).isEqualTo(3); // The background and two bars.
    assertThat(width(bars, 1) * 4).isEqualTo(width(bars, 2));
    assertThat(document.getDocumentElement().getTextContent())
        .contains("CPU & more (µs)", "light <model>", "Skerry", "20.0");
  }

  private static double width(NodeList bars, int index) {
    return Double.parseDouble(
        bars.item(index).getAttributes().getNamedItem("width").getNodeValue());
  }
}
