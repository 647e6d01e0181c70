package dev.skerry.ingest.simulate.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.ingest.simulate.Population;
import dev.skerry.ingest.simulate.Seed;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.Telemetry;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CameraFleetTest {

  private static final int EDGE = 64;
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  @Test
  void shouldGiveTheSameBytesForTheSameSeed() {
    List<Telemetry> records = records(fleet(1, Population.TRAINING, 3, 4));
    assertThat(records).hasSize(12).isEqualTo(records(fleet(1, Population.TRAINING, 3, 4)));
    assertThat(records).isNotEqualTo(records(fleet(2, Population.TRAINING, 3, 4)));
    assertThat(records).extracting(Telemetry::getPayload).doesNotHaveDuplicates();
  }

  @Test
  void shouldContinueFromAnyFrameAsIfItHadNeverStopped() {
    CameraFleet fleet = fleet(1, Population.SITE, 2, CameraFleet.UNBOUNDED);
    Iterator<Telemetry> all = fleet.iterator();
    IntStream.range(0, 2 * 20).forEach(skipped -> all.next());
    Iterator<Telemetry> resumed = fleet.from(20);
    for (int n = 0; n < 4; n++) {
      assertThat(resumed.next()).isEqualTo(all.next());
    }
  }

  @Test
  void shouldOrderTheRecordsByTimeAndNumberThemPerCamera() {
    List<Telemetry> records = records(fleet(1, Population.HELD_OUT, 3, 4));
    assertThat(records).isSortedAccordingTo(Comparator.comparing(Telemetry::getEventTime));
    assertThat(records)
        .filteredOn(record -> record.getDeviceId().equals("camera-heldout-002"))
        .extracting(Telemetry::getSequence)
        .containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void shouldShareNoCameraBetweenPopulations() {
    Set<Double> sizes = new HashSet<>();
    Set<Double> lights = new HashSet<>();
    for (Population population : Population.values()) {
      for (int index = 0; index < 200; index++) {
        Camera camera = Camera.draw(new Seed(1), population, index);
        sizes.add(camera.size());
        lights.add(camera.lightAngle());
      }
    }
    assertThat(sizes).hasSize(600);
    assertThat(lights).hasSize(600);
  }

  @Test
  void shouldShowEveryClassAsOftenAsItIsAskedFor() {
    List<Telemetry> records = records(fleet(1, Population.TRAINING, 10, 40));
    assertThat(
            records.stream()
                .collect(
                    Collectors.groupingBy(
                        record -> record.getAttributes().get(CameraFleet.DEFECT),
                        Collectors.counting())))
        .containsOnlyKeys("ok", "scratch", "dent", "stain", "crack")
        .allSatisfy((label, count) -> assertThat(count).isBetween(50L, 115L));
  }

  @ParameterizedTest
  @EnumSource(names = {"JPEG", "PNG"})
  void shouldSendAnImageOfTheSizeThatItSays(FrameEncoding encoding) throws IOException {
    CameraFleet fleet =
        new CameraFleet(
            7,
            Population.SITE,
            1,
            1,
            96,
            new ImageFormat(encoding, 0.8f),
            "s",
            START,
            Duration.ofSeconds(1),
            1);
    Frame frame = (Frame) fleet.iterator().next().getPayload();
    assertThat(frame.getEncoding()).isEqualTo(encoding);
    assertThat(List.of(frame.getWidth(), frame.getHeight())).containsExactly(96, 96);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(frame.getData().array()));
    assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(96, 96);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OK")
  void shouldChangeTheLightOfAFewPointsOfThePart(Defect defect) {
    for (int frame = 0; frame < 20; frame++) {
      SplittableRandom random = new SplittableRandom(frame);
      Part part = Part.under(Camera.draw(new Seed(3), Population.SITE, frame), random);
      Blemish blemish = new Blemishes(part, random).draw(defect);
      long touched = touched(part, blemish);
      assertThat(touched).as("%s in frame %d", defect, frame).isBetween(5L, 1500L);
    }
  }

  /** Of the points of the part, one a unit apart, those that the blemish makes differ. */
  private static long touched(Part part, Blemish blemish) {
    Colour colour = new Colour();
    long touched = 0;
    for (int u = -64; u < 64; u++) {
      for (int v = -64; v < 64; v++) {
        colour.set(0.5, 0.5, 0.5);
        blemish.mark(u, v, colour);
        if (part.distance(u, v) < 0 && Math.abs(colour.green - 0.5) > 0.02) {
          touched++;
        }
      }
    }
    return touched;
  }

  @Test
  void shouldNameWhatIsWrong() {
    assertThatThrownBy(() -> fleet(1, Population.SITE, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cameras must be 1 or more, not 0");
    assertThatThrownBy(() -> new ImageFormat(FrameEncoding.JPEG, 0))
        .hasMessageContaining("JPEG quality must be above 0 and up to 1: 0.0");
    assertThatThrownBy(() -> new ImageFormat(FrameEncoding.UNKNOWN, 1))
        .hasMessageContaining("frames are JPEG or PNG");
  }

  private static CameraFleet fleet(long seed, Population population, int cameras, long frames) {
    return new CameraFleet(
        seed,
        population,
        cameras,
        0.8,
        EDGE,
        ImageFormat.DEFAULT,
        "s",
        START,
        Duration.ofSeconds(1),
        frames);
  }

  private static List<Telemetry> records(CameraFleet fleet) {
    List<Telemetry> records = new ArrayList<>();
    fleet.forEach(records::add);
    return records;
  }
}
