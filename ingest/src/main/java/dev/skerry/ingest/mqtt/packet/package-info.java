/**
 * MQTT's packets as values, and the bytes that they are: versions 3.1.1 and 5, what a server
 * receives and what it sends. Nothing here knows a socket or telemetry.
 */
@NullMarked
package dev.skerry.ingest.mqtt.packet;

import org.jspecify.annotations.NullMarked;
