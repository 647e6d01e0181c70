package dev.skerry.local.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SiteSettingsTest {

  private final SiteSettings first =
      new SiteSettings(
          new SiteFiles(Path.of("data")),
          SitePorts.of(port -> port == SitePort.MQTT ? 0 : port.standard()),
          new SiteSettings.Source.Simulated(List.of("--machines", "3")),
          List.of(Path.of("model.onnx")));

  @Test
  void shouldGiveEachFurtherSiteANamePortsAndADirectoryOfItsOwn() {
    SiteSettings second = first.further(2);
    assertThat(second.id()).isEqualTo("local-2");
    assertThat(second.files().root()).isEqualTo(first.files().root().resolve("local-2"));
    assertThat(second.ports().number(SitePort.EDGE)).isEqualTo(19102);
    assertThat(second.ports().isAbsent(SitePort.CLOUD)).isTrue();
    assertThat(second.ports().isAbsent(SitePort.REGISTRY)).isTrue();
    assertThat(second.ports().labelsUrl()).isEmpty();
    assertThat(second.ports().deviceUrls()).isEmpty();
    assertThat(second.cloudAddress()).contains("127.0.0.1:29092");
    assertThat(second.source())
        .isEqualTo(
            new SiteSettings.Source.Simulated(
                List.of("--site", "local-2", "--seed", "2", "--machines", "3")));

    List<Integer> numbers = new ArrayList<>();
    for (SiteSettings site : List.of(first, second, first.further(3))) {
      site.ports().numbers().values().stream().filter(n -> n > 0).forEach(numbers::add);
    }
    assertThat(numbers).doesNotHaveDuplicates();
  }

  @Test
  void shouldLetTheCloudAnswerEachSiteThroughItsOwnLink() {
    SiteSettings shared = first.sharedWith(List.of(first.further(2), first.further(3)));
    assertThat(shared.furtherSites()).containsExactly("local-2", "local-3");
    assertThat(((SiteCloud.Own) shared.cloud()).further())
        .containsExactly(
            new SiteCloud.Link("local-2", "LINKB", 29105, "127.0.0.1:29104"),
            new SiteCloud.Link("local-3", "LINKC", 29115, "127.0.0.1:29114"));
  }

  @Test
  void shouldHaveNoLinkWhereThereIsNoCloud() {
    SiteSettings alone = first.withoutCloud();
    assertThat(alone.cloudAddress()).isEmpty();
    assertThat(alone.ports().isAbsent(SitePort.LINK)).isTrue();
    assertThat(alone.ports().isAbsent(SitePort.LINK_END)).isTrue();
    assertThat(alone.ports().labelsUrl()).isEmpty();
    assertThat(alone.describe()).contains("  cloud         none: nothing leaves the site");
  }

  @Test
  void shouldSayInShortLinesWhereEverythingIs() {
    assertThat(first.secured().describe())
        .contains("  edge broker   127.0.0.1:19092", "  console       http://127.0.0.1:8080")
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void shouldLearnInACloudOfItsOwnOrOfTheFirstSiteAndNowhereElse() {
    SiteSettings learning = first.learning();
    assertThat(first.learns()).isFalse();
    assertThat(learning.secured().withWarehouse().learns()).isTrue();
    assertThat(learning.sharedWith(List.of(learning.further(2))).learns()).isTrue();
    assertThat(learning.further(2).learns()).isTrue();
    assertThat(learning.withoutCloud().learns()).isFalse();
  }

  @Test
  void shouldRefuseAPortThatASiteCannotDoWithout() {
    assertThatThrownBy(() -> SitePorts.of(port -> port == SitePort.CLOUD ? 0 : port.standard()))
        .hasMessageContaining("--cloud-port is 0");
    assertThatThrownBy(() -> SitePorts.of(port -> port == SitePort.EDGE ? 0 : port.standard()))
        .hasMessageContaining("--edge-port is 0");
  }
}
