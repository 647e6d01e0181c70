package dev.skerry.producer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/**
 * A number that rises each time the program starts, so that its sequences may begin at 0 again: the
 * time in milliseconds where the clock is trusted, or a counter in a file where it is not.
 */
final class BootEpoch {

  private BootEpoch() {}

  static long of(Clock clock) {
    return clock.millis();
  }

  /**
   * One more than the last time, on the disk before it is used.
   *
   * @throws ProducerException where the file cannot be read or written, or holds something else
   */
  static long next(Path file) {
    try {
      long next = Files.exists(file) ? parse(file) + 1 : 1;
      write(file, next);
      return next;
    } catch (IOException e) {
      throw new ProducerException(
          "The boot epoch cannot be kept in " + file + ": " + e.getMessage(), e);
    }
  }

  private static long parse(Path file) throws IOException {
    String text = Files.readString(file).trim();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ProducerException(
          file
              + " holds no boot epoch; write a number into it that is above all that this device"
              + " has used",
          e);
    }
  }

  private static void write(Path file, long epoch) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.US_ASCII.encode(epoch + "\n");
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(/* metaData= */ true);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
