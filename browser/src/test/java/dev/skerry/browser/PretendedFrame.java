package dev.skerry.browser;

import dev.skerry.schemas.Box;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/** A frame with two objects, each of a colour of its own, and the boxes that a model found. */
final class PretendedFrame {

  static final int WIDTH = 160;
  static final int HEIGHT = 120;

  /** Up in a corner, where there is no room above it for words. */
  static final Rectangle RED = new Rectangle(104, 6, 48, 36);

  static final Rectangle BLUE = new Rectangle(16, 60, 64, 48);

  private PretendedFrame() {}

  static List<Box> boxes() {
    return List.of(box("scratch", 0.93f, RED), box("inclusion", 0.81f, BLUE));
  }

  private static Box box(String label, float confidence, Rectangle place) {
    return new Box(
        label,
        confidence,
        (float) place.x / WIDTH,
        (float) place.y / HEIGHT,
        (float) place.width / WIDTH,
        (float) place.height / HEIGHT);
  }

  static byte[] png() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.GRAY);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.setColor(Color.RED);
    graphics.fill(RED);
    graphics.setColor(Color.BLUE);
    graphics.fill(BLUE);
    graphics.dispose();
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
