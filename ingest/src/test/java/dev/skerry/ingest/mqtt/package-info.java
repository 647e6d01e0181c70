/** Tests of the door for MQTT, with clients that others wrote and with bytes that nobody would. */
@NullMarked
package dev.skerry.ingest.mqtt;

import org.jspecify.annotations.NullMarked;
