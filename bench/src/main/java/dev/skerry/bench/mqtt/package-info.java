/** Devices that speak MQTT, thousands of them in one thread, written after the standard alone. */
@NullMarked
package dev.skerry.bench.mqtt;

import org.jspecify.annotations.NullMarked;
