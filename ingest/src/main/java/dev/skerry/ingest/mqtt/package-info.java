/**
 * The door for devices that speak MQTT 3.1.1 or 5: a server, not a broker. What devices publish
 * goes to the intake, and each is acknowledged when Kafka has it; what they may subscribe to is the
 * answers to their own telemetry.
 */
@NullMarked
package dev.skerry.ingest.mqtt;

import org.jspecify.annotations.NullMarked;
