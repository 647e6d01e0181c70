package dev.skerry.local.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.skerry.schemas.ModelStatus;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One step of a release at a site, as people and programs read it. Immutable.
 *
 * @param champion the version that answers after it; null for the one the site was set up with
 * @param canary the version that is tried after it; null for none
 * @param canaryShare of the devices, 0 to 1
 * @param withdrawn versions that never serve there again, the latest first
 * @param figures that decided it, by name
 * @param changedAt by the site's clock, ISO 8601
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SiteStep(
    String site,
    String model,
    String stream,
    String step,
    String version,
    String reason,
    @Nullable String champion,
    @Nullable String canary,
    double canaryShare,
    List<String> withdrawn,
    Map<String, Double> figures,
    @Nullable String provider,
    String decidedBy,
    String changedAt) {

  private static final MathContext SHORT = new MathContext(3);

  static SiteStep of(ModelStatus status) {
    return new SiteStep(
        status.getSiteId(),
        status.getModel(),
        status.getStream(),
        status.getStep().toString(),
        status.getModelVersion(),
        status.getReason(),
        status.getChampionVersion(),
        status.getCanaryVersion(),
        rounded(status.getCanaryShare()).doubleValue(),
        List.copyOf(status.getWithdrawnVersions()),
        new TreeMap<>(status.getEvidence()),
        status.getProvider(),
        status.getDecidedBy(),
        status.getChangedAt().toString());
  }

  String canaryInWords() {
    return canary == null
        ? "-"
        : canary + " (" + rounded(100 * canaryShare).toPlainString() + " %)";
  }

  /** After the reason, for people; empty where nothing was measured. */
  String figuresInWords() {
    return figures.isEmpty()
        ? ""
        : figures.entrySet().stream()
            .map(figure -> figure.getKey() + " " + figure(figure.getValue()))
            .collect(Collectors.joining(", ", " [", "]"));
  }

  /** Counts as they are, shares and times with three digits. */
  private static String figure(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : rounded(value).toPlainString();
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).round(SHORT).stripTrailingZeros();
  }
}
