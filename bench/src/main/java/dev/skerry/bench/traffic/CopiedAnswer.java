package dev.skerry.bench.traffic;

import java.nio.ByteBuffer;

/** What the copy writes: as many bytes as a detection, and in the first of them its question. */
public final class CopiedAnswer {

  private CopiedAnswer() {}

  /**
   * A new answer.
   *
   * @param template its bytes but for the question, at least 12; not changed
   */
  public static byte[] of(byte[] template, int partition, long offset) {
    byte[] answer = template.clone();
    ByteBuffer.wrap(answer).putInt(partition).putLong(offset);
    return answer;
  }

  static int partition(byte[] answer) {
    return ByteBuffer.wrap(answer).getInt();
  }

  static long offset(byte[] answer) {
    return ByteBuffer.wrap(answer).getLong(Integer.BYTES);
  }
}
