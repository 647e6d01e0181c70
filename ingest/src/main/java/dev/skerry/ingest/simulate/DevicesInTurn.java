package dev.skerry.ingest.simulate;

import dev.skerry.schemas.Telemetry;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What the devices of a fleet send, round by round, in each round one device after the other. For
 * one thread.
 *
 * @param <D> a device
 */
public final class DevicesInTurn<D> implements Iterator<Telemetry> {

  private final List<D> devices;
  private final Sender<D> sender;
  private final long endRoundExclusive;
  private long round;
  private int device;

  /** What one device sends. */
  @FunctionalInterface
  public interface Sender<D> {

    /**
     * The device's record of this round.
     *
     * @param index which of the devices it is, from 0
     */
    Telemetry telemetry(int index, D device, long round);
  }

  /**
   * Draws the devices, and sends nothing yet.
   *
   * @param count how many devices
   * @param draw the device with an index, from 0
   * @param firstRound 0 and up
   * @throws IllegalArgumentException for a round below 0
   */
  public DevicesInTurn(
      int count, IntFunction<D> draw, Sender<D> sender, long firstRound, long endRoundExclusive) {
    if (firstRound < 0) {
      throw new IllegalArgumentException("the first round must be 0 or more, not " + firstRound);
    }
    this.devices = IntStream.range(0, count).mapToObj(draw).toList();
    this.sender = sender;
    this.round = firstRound;
    this.endRoundExclusive = endRoundExclusive;
  }

  @Override
  public boolean hasNext() {
    return round < endRoundExclusive;
  }

  @Override
  public Telemetry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("each device has sent its " + endRoundExclusive);
    }
    Telemetry telemetry = sender.telemetry(device, devices.get(device), round);
    device++;
    if (device == devices.size()) {
      device = 0;
      round++;
    }
    return telemetry;
  }
}
