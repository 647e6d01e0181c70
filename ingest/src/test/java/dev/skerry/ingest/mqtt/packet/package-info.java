/** Tests of MQTT's packets. */
@NullMarked
package dev.skerry.ingest.mqtt.packet;

import org.jspecify.annotations.NullMarked;
