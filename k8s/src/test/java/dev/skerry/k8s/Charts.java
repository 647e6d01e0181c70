package dev.skerry.k8s;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The charts beside this module, rendered by Helm's own library in this process. */
final class Charts {

  static final String EDGE = "skerry-edge";
  static final String CLOUD = "skerry-cloud";

  /** The oldest that the charts are for. */
  private static final String KUBERNETES = "1.30.0";

  private Charts() {}

  /** Throws with Helm's own words where values are refused. */
  static List<Manifest> render(String chart, Map<String, ?> values) {
    TemplateCommand template =
        new Helm(Path.of("charts", chart))
            .template()
            .withName("site")
            .withNamespace("skerry")
            .withKubeVersion(KUBERNETES);
    values.forEach(template::set);
    return Manifest.parse("helm template " + chart + " " + values, template.call());
  }

  static List<Manifest> render(String chart, Path values) {
    TemplateCommand template =
        new Helm(Path.of("charts", chart))
            .template()
            .withName("site")
            .withNamespace("skerry")
            .withKubeVersion(KUBERNETES)
            .withValuesFile(values);
    return Manifest.parse("helm template " + chart, template.call());
  }

  static LintResult lint(String chart) {
    return new Helm(Path.of("charts", chart)).lint().strict().call();
  }
}
